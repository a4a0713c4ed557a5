/** Pages that read a table as a whole, or sort more than a page of it. */
export interface WholeRead {
  readonly why: string;
  readonly reads: readonly string[];
  /** absent: in every order that no other exception of the list is about */
  readonly sorts?: readonly string[];
}

const counted = 'counts the clients of each row: there are few rows, and an index counts those that few clients have';
const rare = 'an index for an order that is rarely chosen would cost every write of the table';
const ofRates = ['reads exchange_rates', 'sorts'];

/** By list: what its pages may read, with the reason. */
export const wholeReads: Readonly<Record<string, readonly WholeRead[]>> = {
  listClients: [
    {
      why: 'the current exchange rates, of which there are few, are read once for the thresholds of all profiles',
      sorts: ['name', 'id', 'createdAt'],
      reads: ofRates,
    },
    {
      why:
        'the value is computed, or of another table, or rarely sorted by: all clients are read once, and the first rows ' +
        'are kept (docs/performance.md#lists)',
      reads: ['reads balances', 'reads clients', 'reads monitors', ...ofRates],
    },
  ],
  listClientTemplates: [{ why: counted, reads: ['reads clients'] }],
  listRateTables: [{ why: counted, reads: ['reads clients'] }],
  listResellers: [{ why: counted, reads: ['reads clients'] }],
  listSilences: [
    { why: counted, sorts: ['id', '-id', 'endsAt'], reads: ['reads clients'] },
    { why: rare, reads: ['reads clients', 'reads silences', 'sorts'] },
  ],
  listInvoices: [{ why: rare, sorts: ['total', 'outstanding'], reads: ['reads clients', 'reads invoices', 'sorts'] }],
  readSummaryReport: [
    { why: 'its rows are sums over all clients of the report', reads: ['reads clients', 'reads ledger_entries'] },
  ],
  listAccounts: [{ why: rare, sorts: ['balance'], reads: ['reads accounts', 'reads clients', 'sorts'] }],
  listTransfers: [{ why: rare, sorts: ['amount'], reads: ['reads transfers', 'sorts'] }],
  listCapacities: [
    { why: 'the last change of each client is found first', sorts: ['changedAt'], reads: ['reads clients', 'sorts'] },
  ],
  listTemporaryCredits: [
    { why: rare, sorts: ['amount', 'status'], reads: ['reads clients', 'reads temporary_credits', 'sorts'] },
  ],
  listCreditRequests: [
    {
      why: rare,
      sorts: ['amount', 'expiresAt', 'status'],
      reads: ['reads clients', 'reads credit_requests', 'reads temporary_credits', 'sorts'],
    },
  ],
  listNotifications: [
    {
      why: rare,
      sorts: ['clientName', 'number', 'rule', 'status'],
      reads: ['reads clients', 'reads notifications'],
    },
  ],
  listBouncedAddresses: [
    { why: 'addresses that bounced are few: they are found by their reseller', reads: ['reads bounced_addresses'] },
  ],
  listTableRates: [
    {
      why: 'all rates of the one table are read, for the rate before each of them is compared',
      sorts: ['codeName', 'effectiveFrom', 'rate', 'timeProfile', 'updatedAt'],
      reads: ['reads table_rates', 'sorts'],
    },
  ],
  listRateNotifications: [
    {
      why: rare,
      sorts: ['dueAt', 'rateTableName'],
      reads: ['reads clients', 'reads deliveries', 'reads notifications', 'reads rate_notifications', 'sorts'],
    },
  ],
  listRateSubscriptions: [{ why: rare, sorts: ['rateTableName'], reads: ['reads clients', 'sorts'] }],
  listEvents: [{ why: rare, sorts: ['severity', 'times'], reads: ['reads clients', 'reads events', 'sorts'] }],
  listWebhookEndpoints: [
    { why: 'counts the deliveries of each endpoint, of which there are few', reads: ['reads webhook_deliveries'] },
  ],
  listJobRows: [
    {
      why: 'the rows of one job: at most 100,000',
      sorts: ['clientName', 'endedAt'],
      reads: ['reads clients', 'reads job_rows', 'sorts'],
    },
  ],
};
