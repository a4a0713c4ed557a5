import { noCap } from '../../../src/storage/credit/credit-cap.js';
import type { Reply, TestApi } from '../api/api.js';
import { anyVersion } from '../api/refusals.js';
import { addRateNotifications } from '../rates/rows-of-rate-lists.js';
import { makeAccount, sendTransfer } from './accounts.js';
import { asUser, makePerson } from './people.js';

/**
 * Rows for the lists of what clients share, invoices, allocations, accounts, transfers, and credit requests, made as users
 * make them: several of each, different in what they are sorted by.
 *
 * @param clientIds postpaid clients in USD with a credit limit of 10; the last one has payments that no invoice has used
 * @returns the id of a company that has entries and notifications
 */
export async function addRowsOfLists(api: TestApi, clientIds: readonly string[]): Promise<string> {
  await addShared(api, clientIds);
  await addRateNotifications(api, clientIds);
  await addInvoices(api, clientIds);
  await addTransfers(api, clientIds);
  await addCreditRequests(api, clientIds);
  await addChannels(api);
  await addCardPayments(api, clientIds);
  await addReported(api, clientIds);
  await addSilences(api);
  await addBounced(api);
  return addCompanies(api);
}

/** Addresses that bounced at different times. */
async function addBounced(api: TestApi): Promise<void> {
  for (const [i, name] of ['beta', 'Alpha', 'gamma'].entries()) {
    await api.sql`
      insert into bounced_addresses (reseller_id, address, status, detail, first_at, last_at, times)
      values (${api.operatorId}, ${`${name}@bounced.example`}, '5.1.1', ${name}, now(), now() - ${i} * interval '1 hour', ${3 - i})`;
  }
}

/** Silences of several resellers, of which one starts later. */
async function addSilences(api: TestApi): Promise<void> {
  for (const [i, name] of ['beta', 'Alpha', 'gamma'].entries()) {
    const resellerId = await api.reseller(`silent ${name}`);
    const at = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();
    const body = { resellerId, tag: name, comment: name, startsAt: at(i), endsAt: at(9 - i) };
    succeeded(await api.post('/v1/silences', body));
  }
}

/** Charges of this month, and an invoice that comes without being asked for, of each client. */
async function addReported(api: TestApi, clientIds: readonly string[]): Promise<void> {
  for (const [i, client] of clientIds.entries()) {
    const charge = { id: `reported-${i}`, amount: `${9 + i}.00`, currency: 'USD' };
    succeeded(await api.post(`/v1/clients/${client}/charges`, charge));
    succeeded(await api.call('PATCH', `/v1/clients/${client}`, { autoinvoicing: true }, anyVersion));
  }
}

/** Companies of several resellers, the first of which has entries and notifications. */
async function addCompanies(api: TestApi): Promise<string> {
  let first = '';
  const resellerId = await api.reseller('companies below');
  for (const [i, name] of ['beta', 'Alpha', 'gamma'].entries()) {
    const owner = i === 2 ? { resellerId } : {};
    const { id } = succeeded(await api.post('/v1/companies', { ...owner, name, currency: 'USD' }));
    if (i > 0) continue;
    first = id;
    for (const [kind, amount] of [
      ['payment', '12.00'],
      ['charge', '9.00'],
      ['adjustment', '-1.50'],
    ] as const) {
      const entry = { id: kind, side: 'their', kind, amount, currency: 'USD' };
      succeeded(await api.post(`/v1/companies/${id}/entries`, { ...entry, at: `2026-01-0${amount.length}T00:00:00Z` }));
    }
    await api.sql`
      insert into notifications (company_id, kind, rule, episode, number, decided_at)
      select ${id}, 'company_balance', 'their', n, 1, timestamptz '2026-01-01' + n * interval '1 hour'
      from generate_series(1, 3) n`;
  }
  return first;
}

function succeeded(reply: Reply): Reply['body'] {
  if (reply.status >= 300) throw new Error(`${reply.request}: ${reply.text}`);
  return reply.body;
}

const shared = [
  { path: '/v1/client-templates', field: 'clientTemplateId', fields: {} },
  { path: '/v1/customer-classes', field: 'customerClassId', fields: {} },
  { path: '/v1/payment-terms', field: 'paymentTermsId', fields: { mode: 'every', days: 7, graceDays: 7 } },
  {
    path: '/v1/tax-profiles',
    field: 'taxProfileId',
    fields: { ratePercent: '20', mode: 'inclusive', label: 'VAT' },
  },
  { path: '/v1/invoice-templates', field: 'invoiceTemplateId', fields: { language: 'en' } },
  { path: '/v1/agreements', field: 'agreementId', fields: {} },
  { path: '/v1/rate-tables', field: 'originationRateTableId', fields: { currency: 'USD' } },
];

/** The first of each is used by all clients but one, the second by that one, the third, of another reseller, by none. */
async function addShared(api: TestApi, clientIds: readonly string[]): Promise<void> {
  const reseller = await api.reseller('alpha below');
  const users = [clientIds.slice(1), clientIds.slice(0, 1), []];
  for (const { path, field, fields } of shared) {
    for (const [i, name] of ['beta', 'Alpha', 'gamma'].entries()) {
      const owner = i === 2 ? { resellerId: reseller } : {};
      const { id } = succeeded(await api.post(path, { ...fields, ...owner, name }));
      for (const client of users[i] ?? []) {
        succeeded(await api.call('PATCH', `/v1/clients/${client}`, { [field]: id }, anyVersion));
      }
    }
  }
}

/** Issued invoices of different totals and due dates, partly paid ones, and a draft, which has neither. */
async function addInvoices(api: TestApi, clientIds: readonly string[]): Promise<void> {
  // So that the periods of the invoices lie before now, and no two clients are alike.
  await api.sql`update clients set created_at = timestamptz '2026-01-01' + id * interval '1 second'`;
  for (const [i, client] of clientIds.entries()) {
    for (const [day, amount] of [
      [10, `0.${i + 2}5`],
      [20, `1${i}.00`],
    ] as const) {
      const periodEnd = `2026-01-${day}T00:00:00Z`;
      const body = { periodEnd, issuedOn: `2026-01-${day + 1 + i}`, lines: [{ description: 'Traffic', amount }] };
      succeeded(await api.post(`/v1/clients/${client}/invoices`, { ...body, issue: true }));
    }
  }
  succeeded(await api.post(`/v1/clients/${clientIds[0]}/invoices`, {}));
}

/** Transfers of each client between two accounts, and an account without a balance. */
async function addTransfers(api: TestApi, clientIds: readonly string[]): Promise<void> {
  for (const [i, client] of clientIds.entries()) {
    const from = await makeAccount(api, client, { balance: '25' });
    const to = await makeAccount(api, client, { kind: 'credit', creditLimit: '5' });
    await makeAccount(api, client, { kind: 'subordinate' });
    for (const amount of [`${i + 9}`, '1']) {
      succeeded(await sendTransfer(api, { fromAccountId: from.id, toAccountId: to.id, amount }));
    }
  }
}

/** Requests of an agent who may grant next to nothing, the first of which is refused. */
async function addCreditRequests(api: TestApi, clientIds: readonly string[]): Promise<void> {
  const person = await makePerson(api, 'credit_controller', { cap: { ...noCap, maxPercent: '1', maxDays: 1 } });
  const agent = await asUser(api, person.id);
  const dayMs = 86_400_000;
  for (const [i, client] of clientIds.entries()) {
    const validUntil = new Date(Date.now() + (3 - i) * 10 * dayMs).toISOString();
    const body = { amount: `${9 + i}.00`, validUntil, reason: 'bank holiday' };
    const { id } = succeeded(await api.post(`/v1/clients/${client}/credit-requests`, body, agent));
    if (i === 0) succeeded(await api.post(`/v1/credit-requests/${id}/refuse`, { reason: 'overdue' }));
  }
}

async function addChannels(api: TestApi): Promise<void> {
  for (const name of ['beta', 'Alpha', 'gamma']) {
    const fields = { format: 'slack_webhook', url: 'https://93.184.216.34/hook' };
    succeeded(await api.post('/v1/notification-channels', { ...fields, name }));
  }
}

/** One gateway of each of several resellers, and a payment of each client's card. */
async function addCardPayments(api: TestApi, clientIds: readonly string[]): Promise<void> {
  const fields = { kind: 'http', url: 'https://93.184.216.34/', currency: 'USD', apiKey: 'key' };
  const ids: string[] = [];
  for (const name of ['beta', 'Alpha', 'gamma']) {
    const resellerId = ids.length === 0 ? {} : { resellerId: await api.reseller(`cards of ${name}`) };
    ids.push(succeeded(await api.post('/v1/payment-gateways', { ...fields, ...resellerId, name })).id);
  }
  for (const id of clientIds) {
    await api.sql`
      insert into auto_payments (client_id, gateway_id, customer_profile_id, payment_profile_id, brand, last4, expires,
        registered_at)
      values (${id}, ${ids[0] ?? ''}, 'c', 'p', 'Visa', '1111', '2999-12', now())`;
    succeeded(await api.post(`/v1/clients/${id}/card-payments`, { amount: '5.00' }));
  }
}
