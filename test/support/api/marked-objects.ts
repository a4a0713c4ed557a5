import type { TestApi } from './api.js';
import { insertEvent } from '../data/events.js';
import { upload } from '../data/imports.js';
import { insertNotification } from '../data/notifications.js';
import { samplePng } from '../invoicing/images.js';
import { insertMarkedNotification, makeMarkedRates } from '../rates/marked-rates.js';

/**
 * One of everything, made as a user makes it; only what no request makes is written past the API.
 *
 * @param mark is in every text of it, so that an answer that shows any of it is noticed
 * @returns the ids by the collection in their addresses
 */
export async function makeMarkedObjects(
  api: TestApi,
  resellerId: string,
  mark: string,
): Promise<Record<string, string>> {
  const made = async (path: string, body: unknown, headers: Record<string, string> = {}): Promise<string> => {
    const reply = await api.post(path, body, { headers });
    expect(reply).toHaveStatus(201);
    return reply.body.id;
  };
  const key = await api.makeKey({ resellerId });
  const user = await made('/v1/users', { name: mark, email: 'foreign-7319@a.example', resellerId });
  const profile = await made('/v1/profiles', {
    name: mark,
    currency: 'USD',
    resellerId,
    userRule: { threshold: '100.00', users: [user] },
  });
  const terms = await made('/v1/payment-terms', { name: mark, mode: 'every', days: 7, graceDays: 7, resellerId });
  const tax = { name: mark, ratePercent: '19', mode: 'exclusive', label: mark, resellerId };
  const silence = await made('/v1/silences', {
    resellerId,
    comment: mark,
    endsAt: new Date(Date.now() + 86_400_000),
  });
  const taxProfile = await made('/v1/tax-profiles', tax);
  const customerClass = await made('/v1/customer-classes', { name: mark, resellerId });
  const invoiceTemplate = await made('/v1/invoice-templates', {
    ...{ name: mark, language: 'en', sellerDetails: mark, notes: mark, subject: mark, resellerId },
    logo: samplePng().toString('base64'),
  });
  const rates = await makeMarkedRates(api, { mark, resellerId, key });
  const clientTemplate = await made('/v1/client-templates', { name: mark, resellerId });
  const client = await made('/v1/clients', {
    name: mark,
    currency: 'USD',
    resellerId,
    profileId: profile,
    paymentTermsId: terms,
    taxProfileId: taxProfile,
    customerClassId: customerClass,
    invoiceTemplateId: invoiceTemplate,
    clientTemplateId: clientTemplate,
    originationRateTableId: rates['rate-tables'],
    openingBalance: '10.00',
    creditLimit: '50.00',
    externalId: mark,
    transfersAllowed: 'yes',
  });
  await made(`/v1/clients/${client}/charges`, { id: mark, amount: '1.00', currency: 'USD' });
  const payment = await made('/v1/payments', { id: mark, clientId: client, amount: '1.00', currency: 'USD' });
  // The walk asks what would never be invoiced before a day of 2026: the invoice ends before it.
  await api.sql`update clients set created_at = '2025-01-01' where id = ${client}`;
  const invoice = await made(`/v1/clients/${client}/invoices`, {
    ...{ description: mark, issue: true, periodEnd: '2025-12-01T00:00:00Z' },
    lines: [{ description: mark, amount: '1.00' }],
  });
  const manager = await made('/v1/resellers', { name: `${mark} manager`, kind: 'manager', parentId: resellerId });
  const account = await made(`/v1/clients/${client}/accounts`, { externalId: mark, kind: 'debit' });
  const spare = await made(`/v1/clients/${client}/accounts`, { externalId: `${mark}-2`, kind: 'credit' });
  await made('/v1/payments', {
    id: `${mark}-2`,
    clientId: client,
    accountId: account,
    amount: '1.00',
    currency: 'USD',
  });
  const transfer = await made(
    '/v1/transfers',
    { fromAccountId: account, toAccountId: spare, amount: '1.00', currency: 'USD' },
    { 'Idempotency-Key': mark },
  );
  const company = await made('/v1/companies', {
    name: mark,
    currency: 'USD',
    email: `${mark}@a.example`,
    resellerId,
  });
  await api.post(`/v1/companies/${company}/entries`, {
    ...{ id: mark, side: 'their', kind: 'payment', amount: '1.00', currency: 'USD', note: mark },
  });
  const own = async (path: string, body: unknown): Promise<string> => {
    const reply = await api.post(path, body, { key });
    expect(reply).toHaveStatus(201);
    return reply.body.id;
  };
  const template = await own('/v1/mail-templates', {
    kind: 'low_balance',
    name: mark,
    subject: mark,
    html: `<p>${mark}</p>`,
    text: mark,
  });
  const source = await own('/v1/webhook-sources', { name: 'foreign-7319' });
  const endpoint = await own('/v1/webhook-endpoints', { name: mark, url: 'https://a.example/' });
  const gateway = await own('/v1/payment-gateways', {
    ...{ name: mark, kind: 'http', url: 'https://a.example/', currency: 'USD', apiKey: mark },
  });
  const channel = await own('/v1/notification-channels', {
    ...{ name: mark, format: 'slack_webhook', url: 'https://a.example/' },
  });
  await api.sql`
    insert into auto_payments (client_id, gateway_id, customer_profile_id, payment_profile_id, brand, last4, expires,
      registered_at)
    values (${client}, ${gateway}, ${mark}, ${mark}, ${mark}, '7319', '2999-12', now())`;
  const cardPayment = (await api.post(`/v1/clients/${client}/card-payments`, { amount: '1.00' })).body.id as string;
  const view = await own('/v1/views', { page: 'clients', name: mark, query: `q=${mark}`, shared: true });
  const apiKey = await own('/v1/api-keys', { name: mark, scopes: ['*'] });
  const notification = await insertMarked(api, client, mark);
  const job = await own('/v1/jobs', {
    ...{ kind: 'add_tags', parameters: { tags: [mark] }, selection: { clientIds: [client] }, reason: mark },
  });
  // So that its retry can be previewed.
  await api.sql`
    update job_rows set outcome = 'conflict', problem = 'conflict', ended_at = now() where job_id = ${job}`;
  const file = await upload(api, `Name,Currency,Tags\n${mark},USD,${mark}\n`, { key, fileName: `${mark}.csv` });
  expect(file).toHaveStatus(201);
  return {
    clients: client,
    profiles: profile,
    silences: silence,
    'bounced-addresses': await insertBounced(api, resellerId, mark),
    'payment-terms': terms,
    'tax-profiles': taxProfile,
    'customer-classes': customerClass,
    ...rates,
    'invoice-templates': invoiceTemplate,
    'client-templates': clientTemplate,
    jobs: job,
    imports: file.body.id,
    users: user,
    resellers: resellerId,
    managers: manager,
    'api-keys': apiKey,
    'mail-templates': template,
    'webhook-sources': source,
    'webhook-endpoints': endpoint,
    'notification-channels': channel,
    'payment-gateways': gateway,
    'card-payments': cardPayment,
    'rate-notifications': await insertMarkedNotification(api, client, mark),
    payments: payment,
    invoices: invoice,
    accounts: account,
    companies: company,
    transfers: transfer,
    views: view,
    notifications: notification.id,
    deliveries: notification.deliveries[0] ?? '',
    'temporary-credits': await insertGrant(api, client, mark),
    'credit-requests': await insertCreditRequest(api, client, mark),
    'request-log': await insertRequest(api, resellerId, mark),
    events: await insertEvent(api.sql, { clientId: client, paymentId: mark, detail: mark }),
    'webhook-deliveries': await deliveryOf(api, endpoint),
  };
}

/** Of the event above. */
async function deliveryOf(api: TestApi, endpoint: string): Promise<string> {
  const [row] = await api.sql<{ id: string }[]>`
    select id from webhook_deliveries where endpoint_id = ${endpoint} order by id desc limit 1`;
  return row?.id ?? '';
}

async function insertMarked(
  api: TestApi,
  clientId: string,
  mark: string,
): Promise<{ readonly id: string; readonly deliveries: readonly string[] }> {
  return insertNotification(api.sql, {
    ...{ clientId, rule: 'user', to: [`${mark}@a.example`], available: '10' },
    ...{ subject: mark, html: mark, text: mark, messageId: `${mark}@lowwater` },
  });
}

async function insertBounced(api: TestApi, resellerId: string, mark: string): Promise<string> {
  const [row] = await api.sql<{ id: string }[]>`
    insert into bounced_addresses (reseller_id, address, status, detail, first_at, last_at)
    values (${resellerId}, ${`${mark}@a.example`}, '5.1.1', ${mark}, now(), now()) returning id`;
  return row?.id ?? '';
}

async function insertRequest(api: TestApi, resellerId: string, mark: string): Promise<string> {
  await api.sql`
  insert into request_log (request_id, at, method, path, status, duration_ms, caller, reseller_id, request_body)
  values ('foreign-7319', now(), 'POST', ${`/v1/${mark}`}, 201, 1, 'key:9', ${resellerId}, ${mark})`;
  return 'foreign-7319';
}

async function insertCreditRequest(api: TestApi, clientId: string, mark: string): Promise<string> {
  const [row] = await api.sql<{ id: string }[]>`
  insert into credit_requests
    (client_id, request_id, kind, status, amount, currency, valid_until, reason, requested_by, created_at, expires_at)
  values (${clientId}, 'r', 'temporary', 'pending', 5, 'USD', now() + interval '1 day', ${mark}, 'key:1', now(), now() + interval '1 day')
  returning id`;
  return row?.id ?? '';
}

async function insertGrant(api: TestApi, clientId: string, mark: string): Promise<string> {
  const [row] = await api.sql<{ id: string }[]>`
  insert into temporary_credits (client_id, seq, request_id, amount, currency, valid_from, valid_until, status, reason, granted_by)
  values (${clientId}, 1, 'r', 5, 'USD', now(), now() + interval '1 day', 'active', ${mark}, 'key:1')
  returning id`;
  return row?.id ?? '';
}
