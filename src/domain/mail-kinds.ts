/**
 * What emails are about. Everything that depends on the kinds derives from this record: types, template variables, checks
 * of the API, and the groups that lists show. Only the `check` constraints of the database repeat the names.
 */

interface MailKindSpec {
  /**
   * What causes the email: `rule` a notification of a client's rule, `company` one of a company's threshold, `credit` a
   * change of a temporary credit, `staff` an event for the people who run Lowwater.
   */
  readonly about: 'rule' | 'company' | 'credit' | 'staff';
  /** Groups of template variables, in the order in which an editor lists them. */
  readonly variables: readonly VariableGroup[];
}

/** Groups of template variables; `mail/variables.ts` lists what is in each. */
export type VariableGroup =
  | 'client'
  | 'profile'
  | 'debt'
  | 'rule'
  | 'company'
  | 'credit'
  | 'credit_before'
  | 'staff_event'
  | 'reseller'
  | 'general';

const creditVariables: readonly VariableGroup[] = ['client', 'credit', 'reseller', 'general'];
const creditChangeVariables: readonly VariableGroup[] = ['client', 'credit', 'credit_before', 'reseller', 'general'];

export const mailKindSpecs = {
  low_balance: { about: 'rule', variables: ['client', 'profile', 'rule', 'reseller', 'general'] },
  low_funds_warning: { about: 'rule', variables: ['client', 'debt', 'rule', 'reseller', 'general'] },
  company_balance: { about: 'company', variables: ['company', 'reseller', 'general'] },
  credit_granted: { about: 'credit', variables: creditVariables },
  credit_extended: { about: 'credit', variables: creditChangeVariables },
  credit_reduced: { about: 'credit', variables: creditChangeVariables },
  credit_cancelled: { about: 'credit', variables: creditVariables },
  credit_expiring: { about: 'credit', variables: creditVariables },
  credit_reverted: { about: 'credit', variables: creditVariables },
  staff_event: { about: 'staff', variables: ['staff_event', 'reseller', 'general'] },
} as const satisfies Readonly<Record<string, MailKindSpec>>;

export type MailKind = keyof typeof mailKindSpecs;

/** Kinds of notifications: they have rows, deliveries, and templates of resellers. Emails to staff have none of these. */
export type NotificationKind = Exclude<MailKind, 'staff_event'>;

/** Kinds of the notifications of a temporary credit. */
export type CreditNotificationKind = {
  [Kind in MailKind]: (typeof mailKindSpecs)[Kind]['about'] extends 'credit' ? Kind : never;
}[MailKind];

export const mailKinds = Object.keys(mailKindSpecs) as readonly MailKind[];

export const notificationKinds = mailKinds.filter((kind): kind is NotificationKind => kind !== 'staff_event');

/** Kinds of the notifications of rules: what a list shows without a filter. */
export const ruleNotificationKinds = notificationKinds.filter((kind) => mailKindSpecs[kind].about === 'rule');

export function isMailKind(text: string): text is MailKind {
  return Object.hasOwn(mailKindSpecs, text);
}
