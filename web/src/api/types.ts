import type { components } from './schema';

/** What the API answers and takes, by the names of its document. */
type Schemas = components['schemas'];

export type AuditSource = Schemas['AuditEntry']['source'];
export type BalanceModel = Schemas['Client']['balanceModel'];
/** computed from the balance and the rules */
export type ClientState = Schemas['Client']['state'];
/** set by people */
export type ClientStatus = Schemas['Client']['status'];
export type CreditRequestDetails = Schemas['CreditRequestDetails'];
export type CreditLimitStep = Schemas['CreditLimitChangeItem']['kind'];
/** of a notification */
export type DeliveryOutcome = Schemas['Notification']['status'];
/** of a delivery: one that was accepted may bounce later */
export type DeliveryStatus = Schemas['Delivery']['status'];
export type EntryKind = Schemas['LedgerEntry']['kind'];
export type GrantStatus = Schemas['TemporaryCreditItem']['status'];
export type AccountLink = Schemas['AccountLink'];
export type AppSecret = Schemas['AuthenticatorSecret'];
export type HealthSummary = Schemas['HealthSummary'];
export type Import = Schemas['Import'];
export type Job = Schemas['Job'];
export type JobInput = Schemas['JobInput'];
export type JobKind = Job['kind'];
export type JobPreview = Schemas['JobPreview'];
export type JobPreviewClient = Schemas['JobPreviewClient'];
export type JobRow = Schemas['JobRow'];
export type JobOutcome = JobRow['outcome'];
export type LoginSettings = Schemas['LoginSettings'];
export type InstallationSettings = Schemas['InstallationSettings'];
export type LoginChallenge = Schemas['LoginChallenge'];
export type MaximumIncrease = Schemas['MaximumIncrease'];
export type Me = Schemas['Me'];
export type MePatch = Schemas['MePatch'];
export type NotificationKind = Schemas['Notification']['kind'];
export type Preferences = NonNullable<Schemas['Preferences']>;
/** What is known of a profile in a list, and on its page. */
export type ProfileRef = Pick<Schemas['Profile'], 'id' | 'name' | 'clients' | 'version'>;
/** why a rule did or did not notify */
export type Reason = Schemas['Check']['verdicts'][number]['reason'];
export type SavedView = Schemas['SavedView'];
export type SearchResult = Schemas['SearchResult'];
export type Scope = Schemas['ApiKeyInput']['scopes'][number];
export type SecondFactor = Schemas['SecondFactor'];
export type Session = Schemas['Session'];
export type User = Schemas['User'];
export type UserInput = Schemas['UserInput'];
export type UserRole = User['role'];
export type UserSession = Schemas['UserSession'];

/**
 * The members of a closed set of the API in the order given. The compiler refuses a set that lacks one, or has another.
 *
 * @example const statuses = membersOf<ClientStatus>({ active: true, stop: true, deleted: true });
 */
export function membersOf<Member extends string>(set: Readonly<Record<Member, unknown>>): readonly Member[] {
  return Object.keys(set) as Member[];
}
