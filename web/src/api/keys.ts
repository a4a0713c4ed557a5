/**
 * The keys of the query cache. The first part is the kind of thing, by which the stream finds what it must fetch again
 * (stream.ts). A list, and a count of one, has the second part 'list': the stream leaves it alone. The list kit decides when
 * its rows may change (they never move under the cursor), and `useChanges` gathers changes.
 */
export const keys = {
  session: ['session'] as const,
  me: ['me'] as const,
  mySessions: ['me', 'sessions'] as const,
  mySecondFactor: ['me', 'second-factor'] as const,
  loginSettings: ['login-settings'] as const,
  installationSettings: ['installation-settings'] as const,
  accountLink: (token: string) => ['account-link', token] as const,
  loginMethods: ['login-methods'] as const,
  openIdLogin: (query: string) => ['openid-login', query] as const,
  meta: ['meta'] as const,
  health: ['health'] as const,
  tasks: ['tasks'] as const,
  search: (text: string) => ['search', text] as const,
  overview: (part: string, query: unknown = null) => ['overview', part, query] as const,
  /** rows of a list: `keys.list('clients', query)` */
  list: (kind: Kind, query: unknown) => [kind, 'list', query] as const,
  /** one thing, or a part of it: `keys.one('clients', id, 'timeline', { from })` */
  one: (kind: Kind, id: string, part = 'itself', query: unknown = null) => [kind, id, part, query] as const,
  views: (page: string) => ['views', page] as const,
};

/** The kinds of things that pages show. */
export type Kind =
  | 'clients'
  | 'profiles'
  | 'silences'
  | 'bouncedAddresses'
  | 'notifications'
  | 'credits'
  | 'creditRequests'
  | 'rates'
  | 'audit'
  | 'events'
  | 'jobs'
  | 'jobRows'
  | 'imports'
  | 'users'
  | 'roles'
  | 'resellers'
  | 'resellerEntries'
  | 'mailTemplates'
  | 'keys'
  | 'webhookSources'
  | 'webhookEndpoints'
  | 'webhookDeliveries'
  | 'channels'
  | 'requests'
  | 'templates'
  | 'payments'
  | 'paymentGateways'
  | 'cardPayments'
  | 'paymentTerms'
  | 'taxProfiles'
  | 'rateTables'
  | 'tableRates'
  | 'rateImports'
  | 'rateNotifications'
  | 'rateSubscriptions'
  | 'agreements'
  | 'customerClasses'
  | 'invoiceTemplates'
  | 'clientTemplates'
  | 'invoices'
  | 'accounts'
  | 'transfers'
  | 'companies'
  | 'companyEntries'
  | 'companyNotifications'
  | 'views';
