// Written by `npm run types` from src/domain/notifications/mail-kinds.ts, src/domain/notifications/channels.ts, src/domain/monitoring/rule-identity.ts, src/domain/jobs/job-kinds.ts, src/domain/system/installation-settings.ts, src/domain/credit/own-reasons.ts.
export const notificationKinds = {
  low_balance: { cause: 'rule' },
  low_funds_warning: { cause: 'rule' },
  credit_granted: { cause: 'credit' },
  credit_extended: { cause: 'credit' },
  credit_reduced: { cause: 'credit' },
  credit_cancelled: { cause: 'credit' },
  credit_expiring: { cause: 'credit' },
  credit_reverted: { cause: 'credit' },
  invoice: { cause: 'invoice' },
  invoice_reminder: { cause: 'invoice' },
  invoice_overdue: { cause: 'invoice' },
  rates_notification: { cause: 'rates' },
  auto_payment_declined: { cause: 'payment' },
  auto_payment_frozen: { cause: 'payment' },
  auto_payment_succeeded: { cause: 'payment' },
  card_expiring: { cause: 'payment' },
  company_balance: { cause: 'company' },
} as const;
export const channelFormats = {
  slack_webhook: { kind: 'slack', fields: { account: 'none', token: 'none', sender: 'none' }, hasUsualUrl: false },
  teams_workflow: { kind: 'teams', fields: { account: 'none', token: 'none', sender: 'none' }, hasUsualUrl: false },
  sms_json: { kind: 'sms', fields: { account: 'none', token: 'optional', sender: 'optional' }, hasUsualUrl: false },
  sms_twilio: {
    kind: 'sms',
    fields: { account: 'required', token: 'required', sender: 'required' },
    hasUsualUrl: true,
  },
} as const;
export const ruleSources = {
  profile: { lowAt: 'below' },
  warning: { lowAt: 'atMost' },
  own: { lowAt: 'below' },
} as const;
export const ruleAudiences = {
  user: { source: 'profile', nameMeans: null, action: 'notify' },
  client: { source: 'profile', nameMeans: null, action: 'notify' },
  advanced: { source: 'profile', nameMeans: 'key', action: 'notify' },
  warning: { source: 'warning', nameMeans: 'value', action: 'notify' },
  'client-own': { source: 'own', nameMeans: null, action: 'notify' },
  'admin-own': { source: 'own', nameMeans: null, action: 'event' },
  capacity: { source: 'own', nameMeans: null, action: 'capacity' },
  autopay: { source: 'own', nameMeans: null, action: 'autopay' },
} as const;
export const jobKinds = {
  assign_profile: { reason: 'optional' },
  set_client_template: { reason: 'optional' },
  check_now: { reason: 'optional' },
  silence: { reason: 'required' },
  pause: { reason: 'required' },
  resume: { reason: 'required' },
  add_tags: { reason: 'optional' },
  remove_tags: { reason: 'optional' },
  replace_tags: { reason: 'optional' },
  set_status: { reason: 'optional' },
  set_manager: { reason: 'optional' },
  set_payment_terms: { reason: 'optional' },
  set_last_invoiced: { reason: 'required' },
  grant_credit: { reason: 'required' },
  set_credit_limit: { reason: 'required' },
  invoice_now: { reason: 'optional' },
} as const;
export const ownReasons = [
  'became_unlimited',
  'client created',
  'client deleted',
  'client template',
  'imported',
] as const;
export const ownJobKinds = {
  full_delete: { reason: 'required' },
  import_clients: { reason: 'optional' },
  import_rates: { reason: 'optional' },
  autoinvoicing: { reason: 'optional' },
} as const;
export const installationSettings = {
  temporaryCredit: { type: 'choice', values: ['finite', 'postpaid_only'], default: 'finite' },
  creditRequestHours: { type: 'integer', min: 24, max: 720, default: 72 },
  maximumIncreases: { type: 'maximums', values: ['installation', 'credit_controller', 'admin'], default: {} },
  transfersAcrossClients: { type: 'flag', default: false },
  panelChangesThresholds: { type: 'flag', default: false },
  panelCardPayments: { type: 'flag', default: true },
  issueEmptyInvoices: { type: 'flag', default: false },
} as const;
