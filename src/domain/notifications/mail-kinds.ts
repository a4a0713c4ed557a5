/**
 * What emails are about. Types, template variables, checks of the API, groups of lists, and labels derive from this
 * record; a test compares it with the `check` constraints of the database and with docs/mail-templates.md.
 */

interface MailKindSpec {
  /**
   * What causes the email: a `rule` that is low, a change of a temporary `credit`, an `invoice`, the `rates` of a client, an
   * automatic `payment` or its card, a balance of a `company`, an `event` for staff, or
   * something about the `account` of a user or the client panel of a client.
   */
  readonly cause: 'rule' | 'credit' | 'invoice' | 'rates' | 'payment' | 'company' | 'event' | 'account';
  /**
   * Who reads it: `rule` the recipients of its rule, `client` the billing contact, of `rates` the contact for rates, `company` the addresses of a side of a company, `staff` the operator's staff, `user` the
   * user whose account it is.
   */
  readonly audience: 'rule' | 'client' | 'company' | 'staff' | 'user';
  /** Counts toward Max qty of its rule. */
  readonly counted: boolean;
  /** Resellers may replace the built-in text. */
  readonly templatable: boolean;
  /** Groups of template variables, in the order in which an editor lists them. */
  readonly variables: readonly VariableGroup[];
}

/** Groups of template variables; `mail/variables.ts` lists what is in each. */
export type VariableGroup =
  | 'client'
  | 'profile'
  | 'debt'
  | 'rule'
  | 'credit'
  | 'credit_before'
  | 'invoiced_client'
  | 'invoice'
  | 'reminder'
  | 'rates'
  | 'auto_payment'
  | 'card_payment'
  | 'expiring_card'
  | 'company'
  | 'staff_event'
  | 'account'
  | 'panel_account'
  | 'account_link'
  | 'account_change'
  | 'digest'
  | 'email_change'
  | 'reseller'
  | 'general';

const ofRule = { cause: 'rule', audience: 'rule', counted: true, templatable: true } as const;
const ofCredit = {
  cause: 'credit',
  audience: 'client',
  counted: false,
  templatable: true,
  variables: ['client', 'credit', 'reseller', 'general'],
} as const;
const ofCreditChange = {
  ...ofCredit,
  variables: ['client', 'credit', 'credit_before', 'reseller', 'general'],
} as const;

const ofInvoice = { cause: 'invoice', audience: 'client', counted: false, templatable: true } as const;
const ofReminder = {
  ...ofInvoice,
  variables: ['invoiced_client', 'invoice', 'reminder', 'reseller', 'general'],
} as const;

const ofPayment = {
  cause: 'payment',
  audience: 'client',
  counted: false,
  templatable: true,
  variables: ['client', 'card_payment', 'reseller', 'general'],
} as const;

/** They hold secrets or warn of misuse: their text can't be replaced. */
const ofAccount = { cause: 'account', audience: 'user', counted: false, templatable: false } as const;

/** The same for the client panel: they go to the billing email, the confirmation also to the one that is to become it. */
const ofPanel = { cause: 'account', audience: 'client', counted: false, templatable: false } as const;

export const mailKindSpecs = {
  low_balance: { ...ofRule, variables: ['client', 'profile', 'rule', 'auto_payment', 'reseller', 'general'] },
  low_funds_warning: { ...ofRule, variables: ['client', 'profile', 'debt', 'rule', 'reseller', 'general'] },
  credit_granted: ofCredit,
  credit_extended: ofCreditChange,
  credit_reduced: ofCreditChange,
  credit_cancelled: ofCredit,
  credit_expiring: ofCredit,
  credit_reverted: ofCredit,
  invoice: { ...ofInvoice, variables: ['invoiced_client', 'invoice', 'reseller', 'general'] },
  invoice_reminder: ofReminder,
  invoice_overdue: ofReminder,
  rates_notification: {
    cause: 'rates',
    audience: 'client',
    counted: false,
    templatable: true,
    variables: ['invoiced_client', 'rates', 'reseller', 'general'],
  },
  auto_payment_declined: ofPayment,
  auto_payment_frozen: ofPayment,
  auto_payment_succeeded: ofPayment,
  card_expiring: { ...ofPayment, variables: ['client', 'expiring_card', 'reseller', 'general'] },
  company_balance: {
    cause: 'company',
    audience: 'company',
    counted: true,
    templatable: true,
    variables: ['company', 'reseller'],
  },
  staff_event: {
    cause: 'event',
    audience: 'staff',
    counted: false,
    templatable: false,
    variables: ['staff_event', 'reseller', 'general'],
  },
  staff_recovery: {
    cause: 'event',
    audience: 'staff',
    counted: false,
    templatable: false,
    variables: ['staff_event', 'reseller', 'general'],
  },
  user_invitation: { ...ofAccount, variables: ['account', 'account_link', 'reseller'] },
  password_reset: { ...ofAccount, variables: ['account', 'account_link', 'reseller'] },
  password_changed: { ...ofAccount, variables: ['account', 'account_change', 'reseller'] },
  second_factor_changed: { ...ofAccount, variables: ['account', 'account_change', 'reseller'] },
  daily_digest: { ...ofAccount, variables: ['account', 'digest', 'reseller'] },
  panel_invitation: { ...ofPanel, variables: ['panel_account', 'account_link', 'reseller'] },
  panel_password_reset: { ...ofPanel, variables: ['panel_account', 'account_link', 'reseller'] },
  panel_password_changed: { ...ofPanel, variables: ['panel_account', 'account_change', 'reseller'] },
  panel_email_confirmation: { ...ofPanel, variables: ['panel_account', 'account_link', 'email_change', 'reseller'] },
} as const satisfies Readonly<Record<string, MailKindSpec>>;

type Specs = typeof mailKindSpecs;
export type MailKind = keyof Specs;

/** The kinds whose record has these fields. */
type KindsWith<Fields> = { [Kind in MailKind]: Specs[Kind] extends Fields ? Kind : never }[MailKind];

/** Kinds of notifications about a client: they have rows and deliveries, as those about companies have. Emails about events and accounts have neither. */
export type NotificationKind = KindsWith<{ readonly cause: 'rule' | 'credit' | 'invoice' | 'rates' | 'payment' }>;

/** Kinds of notifications about a company. */
export type CompanyNotificationKind = KindsWith<{ readonly cause: 'company' }>;

/** Kinds of notifications that lists of them show. */
export type ListedNotificationKind = NotificationKind | CompanyNotificationKind;

/** Kinds of emails about the account of a user, or the client panel of a client. */
export type AccountEmailKind = KindsWith<{ readonly cause: 'account' }>;

/** Of these, kinds of emails about the account of a user. */
export type UserEmailKind = KindsWith<{ readonly cause: 'account'; readonly audience: 'user' }>;

/** Of these, kinds of emails about the client panel of a client. */
export type PanelEmailKind = KindsWith<{ readonly cause: 'account'; readonly audience: 'client' }>;

/** Kinds of the notifications of a rule. */
export type RuleNotificationKind = KindsWith<{ readonly cause: 'rule' }>;

/** Kinds of the notifications of a temporary credit. */
export type CreditNotificationKind = KindsWith<{ readonly cause: 'credit' }>;

/** Kinds of the emails about an invoice, each with its PDF. */
export type InvoiceEmailKind = KindsWith<{ readonly cause: 'invoice' }>;

/** Kinds of the emails that announce rates, each with its files. */
export type RatesEmailKind = KindsWith<{ readonly cause: 'rates' }>;

/** Kinds that may have templates of resellers. */
export type TemplateKind = KindsWith<{ readonly templatable: true }>;

export const mailKinds = Object.keys(mailKindSpecs) as readonly MailKind[];

export const notificationKinds = mailKinds.filter((kind): kind is NotificationKind =>
  ['rule', 'credit', 'invoice', 'rates', 'payment'].includes(mailKindSpecs[kind].cause),
);

export const companyNotificationKinds = mailKinds.filter(
  (kind): kind is CompanyNotificationKind => mailKindSpecs[kind].cause === 'company',
);

/** Of lists of notifications, about clients and about companies. */
export const listedNotificationKinds = [...notificationKinds, ...companyNotificationKinds] as const;

export const accountEmailKinds = mailKinds.filter(
  (kind): kind is AccountEmailKind => mailKindSpecs[kind].cause === 'account',
);

export const ruleNotificationKinds = mailKinds.filter(
  (kind): kind is RuleNotificationKind => mailKindSpecs[kind].cause === 'rule',
);

/** What a list of notifications shows without a filter: what a threshold decided. */
export const thresholdNotificationKinds = [...ruleNotificationKinds, ...companyNotificationKinds] as const;

export const templateKinds = mailKinds.filter((kind): kind is TemplateKind => mailKindSpecs[kind].templatable);

export function isMailKind(text: string): text is MailKind {
  return Object.hasOwn(mailKindSpecs, text);
}
