import { rateOf, type Rate } from '../money.js';
import { dedupeAddresses } from '../monitoring/recipients.js';
import type { RuleState } from '../monitoring/rule-state.js';
import { recipientKey, type ChannelName, type ChannelRecipient } from '../notifications/channels.js';
import type { CompanyBalances, CompanySide, CompanySource, RateBetween } from './company-balances.js';
import type { SideResult, SideThreshold } from './threshold-control.js';

/** What a user sets for one side of a company (docs/manuals.md#companies). */
export interface SideFields extends SideThreshold {
  readonly alarmEmails: readonly string[];
  /** that are notified besides the addresses */
  readonly alarmChannels: readonly ChannelRecipient[];
  /** of the threshold */
  readonly currency: string;
  /** null: the reseller's template, by language */
  readonly templateId: string | null;
}

/** What a user sets for a company. */
export interface CompanyFields {
  readonly name: string;
  /** the operator's own id */
  readonly externalId: string | null;
  readonly email: string | null;
  /** of the mutual balance */
  readonly currency: string;
  readonly theirCurrency: string;
  readonly ourCurrency: string;
  /** of reported balances: older ones are unknown; null: they hold until the next ones */
  readonly maxAgeMinutes: number | null;
  readonly sides: Readonly<Record<CompanySide, SideFields>>;
}

/** What runs have found out about a side. */
export interface SideFacts {
  readonly templateName: string | null;
  /** of its alarm channels, those that can be notified now: enabled, and of its reseller or of one above */
  readonly usableChannels: readonly (ChannelRecipient & ChannelName)[];
  /** when the email of this episode was accepted */
  readonly mailTime: Date | null;
  /** null: never decided */
  readonly state: RuleState | null;
  /** of the last run that evaluated it; null: none has since its last reset */
  readonly reason: SideResult | null;
  readonly checkedAt: Date | null;
}

export interface Company extends CompanyFields, CompanyBalances {
  readonly id: string;
  readonly resellerId: string;
  readonly resellerName: string;
  readonly source: CompanySource;
  readonly reportedAt: Date | null;
  readonly theirEntries: number;
  readonly ourEntries: number;
  readonly status: 'active' | 'deleted';
  readonly sides: Readonly<Record<CompanySide, SideFields & SideFacts>>;
  /** current rates by their two currencies: `EUR USD` */
  readonly rates: Readonly<Record<string, string | null>>;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** Recipients of an alarm of a side now: addresses, each once whatever its case, then channels. */
export function sideRecipients({
  alarmEmails,
  usableChannels,
}: Pick<SideFields & SideFacts, 'alarmEmails' | 'usableChannels'>): string[] {
  return dedupeAddresses([...alarmEmails, ...usableChannels.map(recipientKey)]);
}

/** The exchange rates that were read with a company. */
export function ratesOf({ rates }: Pick<Company, 'rates'>): RateBetween {
  return (from, to): Rate | null => {
    const rate = rates[`${from} ${to}`];
    return rate === undefined || rate === null ? null : rateOf(rate);
  };
}
