import { advanceRateNotification } from '../../../src/activities/rates/compose-rates.js';
import { nullLogger } from '../../../src/observability/logger.js';
import { removeOldRateFiles } from '../../../src/storage/rates/notifications/rate-file-retention.js';
import { startTestApi, type Reply, type TestApi } from '../../support/api/api.js';
import { anyVersion } from '../../support/api/refusals.js';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

let count = 0;
const later = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();
const add = (id: string, fields: object): Promise<Reply> =>
  api.post(`/v1/rate-tables/${id}/rates`, { code: '380', rate: '1', effectiveFrom: later(-30), ...fields });

/** A table with a rate of now and one of tomorrow, and a client that uses it. */
async function subscribed(fields: object = {}): Promise<{ readonly tableId: string; readonly clientId: string }> {
  const name = `Told ${(count += 1)}`;
  const table = await api.post('/v1/rate-tables', { name, currency: 'USD' });
  const client = await api.post('/v1/clients', {
    ...{ name, currency: 'USD', rateNotification: true, rateNotificationFormat: 'csv', ratesEmail: 'rates@a.example' },
    ...{ originationRateTableId: table.body.id, ...fields },
  });
  expect(client).toHaveStatus(201);
  await add(table.body.id, {});
  await add(table.body.id, { rate: '2', effectiveFrom: later(0.5) });
  return { tableId: table.body.id, clientId: client.body.id };
}

const listOf = async (clientId: string): Promise<Reply['body'][]> =>
  (await api.get(`/v1/rate-notifications?clientId=${clientId}`)).body.data;

/** What the worker does once it is due. */
async function compose(id: string, at = Date.now()): Promise<void> {
  const deps = { sql: api.sql, logger: nullLogger, settings: { mailDomain: 'a.example', publicUrl: null } };
  await advanceRateNotification(deps, { rateNotificationId: id, at });
}

test('new rates wait for their notification, which further ones move; another effective date alone starts none', async () => {
  const { tableId, clientId } = await subscribed();
  const [waiting, ...more] = await listOf(clientId);
  expect(more).toEqual([]);
  expect(waiting).toMatchObject({ kind: 'scheduled', state: 'scheduled', rateTableId: tableId, files: [], type: null });
  expect(Date.parse(waiting.dueAt) - Date.parse(waiting.changedAt)).toBe(15 * 60_000);
  const { body } = await api.get(`/v1/rate-subscriptions?rateTableId=${tableId}`);
  expect(body.data).toMatchObject([
    { clientId, direction: 'origination', enabled: true, recipient: 'rates@a.example', lastNotifiedAt: null },
  ]);
  expect(body.data[0].nextNotificationAt).toBe(waiting.dueAt);
  await api.sql`update rate_notifications set status = 'skipped', skip_reason = 'switched_off' where id = ${waiting.id}`;
  const [rate] = (await api.get(`/v1/rate-tables/${tableId}/rates?view=latest`)).body.data;
  const change = (fields: object): Promise<Reply> =>
    api.call('PATCH', `/v1/table-rates/${rate.id}`, fields, anyVersion);
  expect(await change({ effectiveFrom: later(3) })).toHaveStatus(200);
  expect(await listOf(clientId)).toHaveLength(1);
  expect(await change({ rate: '3' })).toHaveStatus(200);
  expect(await listOf(clientId)).toHaveLength(2);
});

test('a preview says what would be sent, and why not', async () => {
  const { tableId, clientId } = await subscribed({ rateNotificationType: 'changed' });
  const preview = (kind: string): Promise<Reply> =>
    api.get(`/v1/rate-notification-preview?rateTableId=${tableId}&clientId=${clientId}&kind=${kind}`);
  const { body } = await preview('scheduled');
  expect(body).toMatchObject({
    ...{
      kind: 'scheduled',
      type: 'changed',
      unique: true,
      recipient: 'rates@a.example',
      refusal: null,
      isWaiting: true,
    },
    counts: { total: 1, increased: 1, unchanged: 0 },
    rates: [{ code: '380', rate: '2', previousRate: '1', prevDiff: '1', statusText: 'increased (1.0000)' }],
  });
  expect(body.files[0].fileName).toMatch(/^rates-changed-.*-for-Told_\d+-all-[\d_-]+\.csv$/);
  expect((await preview('correction')).body.refusal).toMatchObject({ reason: 'nothing_to_send' });
  const missing = (table: string, client: string): Promise<Reply> =>
    api.get(`/v1/rate-notification-preview?rateTableId=${table}&clientId=${client}`);
  expect(await missing('999999', clientId)).toBeProblem(404, 'not_found', '#/rateTableId');
  expect(await missing(tableId, '999999')).toBeProblem(404, 'not_found', '#/clientId');
});

test('a forced one is composed with its file, which is downloaded as it was made; it moves no last notification', async () => {
  const { tableId, clientId } = await subscribed();
  const body = { rateTableId: tableId, kind: 'forced', clientId, reason: 'asked for' };
  const sent = await api.post('/v1/rate-notifications', body);
  expect(sent).toHaveStatus(202);
  const [{ id }] = sent.body.notifications;
  await compose(id);
  const read = await api.get(`/v1/rate-notifications/${id}`);
  expect(read.body).toMatchObject({
    ...{ kind: 'forced', state: 'sending', type: 'changed', format: 'csv', recipient: 'rates@a.example' },
    ...{
      reason: 'asked for',
      counts: { total: 1, increased: 1 },
      files: [{ position: 0, rates: 1, timeProfile: 'all' }],
    },
  });
  const file = await api.get(`/v1/rate-notifications/${id}/files/0`);
  expect(file.headers.get('content-disposition')).toBe(`attachment; filename="${read.body.files[0].fileName}"`);
  await api.sql`update table_rates set rate = 9 where rate_table_id = ${tableId}`;
  expect((await api.get(`/v1/rate-notifications/${id}/files/0`)).text).toBe(file.text);
  expect(file.text).toContain('increased (1.0000)');
  const eml = await api.get(`/v1/deliveries/${read.body.deliveryId}/rendered.eml`);
  expect(eml.text).toContain(read.body.files[0].fileName);
  expect(await api.get(`/v1/rate-notifications/${id}/files/1`)).toBeProblem(404, 'not_found', '#/path/position');
  expect(await api.get('/v1/rate-notifications/999999')).toBeProblem(404, 'not_found', '#/path/id');
  const { data } = (await api.get(`/v1/rate-subscriptions?clientId=${clientId}`)).body;
  expect(data).toMatchObject([{ lastNotifiedAt: null }]);
  const [audit] = await api.sql`
    select action, reason, client_id from audit where subject_type = 'rate_notification' and subject_id = ${id}`;
  expect(audit).toEqual({ action: 'rate_notification.send', reason: 'asked for', client_id: clientId });
});

test('what can’t be sent is refused to one client, and left out for all clients of a table', async () => {
  const { tableId, clientId } = await subscribed({ ratesEmail: null });
  const send = (fields: object): Promise<Reply> =>
    api.post('/v1/rate-notifications', { rateTableId: tableId, kind: 'forced', ...fields });
  expect(await send({ clientId })).toBeProblem(409, 'conflict', '#/clientId');
  const all = await send({});
  expect(all.body).toMatchObject({ notifications: [], skipped: [{ clientId, reason: 'no_recipients' }] });
  expect(await send({ clientId: '999999' })).toBeProblem(404, 'not_found', '#/clientId');
  expect(await send({ rateTableId: '999999' })).toBeProblem(404, 'not_found', '#/rateTableId');
  expect(await send({ kind: 'scheduled' })).toBeProblem(400, 'invalid', '#/kind');
  const other = await api.post('/v1/clients', { name: 'Without', currency: 'USD' });
  expect(await send({ clientId: other.body.id })).toBeProblem(409, 'conflict', '#/clientId');
});

test('one that is due and has nothing to send, no recipient, or is switched off is skipped with its reason', async () => {
  const cases = [
    ['switched_off', { rateNotification: false }],
    ['no_recipients', { ratesEmail: null }],
    ['table_not_used', { originationRateTableId: null }],
  ] as const;
  for (const [reason, fields] of cases) {
    const { clientId } = await subscribed();
    const [{ id, dueAt }] = await listOf(clientId);
    await api.call('PATCH', `/v1/clients/${clientId}`, fields, anyVersion);
    await compose(id, Date.parse(dueAt));
    expect(await listOf(clientId)).toMatchObject([{ state: 'skipped', skipReason: reason, notificationId: null }]);
  }
});

/** The scheduled notification of a client, as sent and accepted. */
async function notified(fields: object = {}): Promise<{ tableId: string; clientId: string; id: string }> {
  const made = await subscribed(fields);
  const [{ id }] = await listOf(made.clientId);
  await compose(id, Date.now() + 3_600_000);
  await api.sql`
    update deliveries d set status = 'accepted', ended_at = now(), accepted_at = now() from rate_notifications w
    where w.id = ${id} and d.notification_id = w.notification_id`;
  await api.sql`
    update notifications n set status = 'accepted' from rate_notifications w where w.id = ${id} and n.id = w.notification_id`;
  await api.sql`update rate_notifications set ended_at = now() where id = ${id}`;
  return { ...made, id };
}

test('a rate of which clients were notified is changed and deleted only with a confirmation', async () => {
  const { tableId } = await notified();
  const rates = (await api.get(`/v1/rate-tables/${tableId}/rates?sort=effectiveFrom`)).body.data;
  const [past, coming] = rates.map(({ id }: { id: string }) => `/v1/table-rates/${id}`);
  const change = (path: string, fields: object): Promise<Reply> => api.call('PATCH', path, fields, anyVersion);
  const remove = (path: string): Promise<Reply> => api.call('DELETE', path, undefined, anyVersion);
  expect(await change(past, { notes: 'seen' })).toHaveStatus(200);
  for (const fields of [{ rate: '7' }, { status: 'stashed' }, { endsAt: later(9) }, { effectiveFrom: later(-29) }]) {
    const refused = await change(past, fields);
    expect(refused).toBeProblem(409, 'rate_already_notified', '#/confirmNotified');
    expect(refused.body.errors[0].detail).toContain('1 client was notified');
  }
  expect(await remove(past)).toBeProblem(409, 'rate_already_notified');
  expect(await change(coming, { rate: '7' })).toHaveStatus(200);
  const file = `Code,Rate,Effective Date\n380,5,${rates[0].effectiveFrom}\n`;
  const upload = await api.post(`/v1/rate-tables/${tableId}/imports?fileName=r.csv`, undefined, {
    ...{ rawBody: file, headers: { 'Content-Type': 'text/csv' } },
  });
  await api.post(`/v1/rate-imports/${upload.body.id}/mapping`, { fields: ['code', 'rate', 'effectiveFrom'] });
  const dry = await api.post(`/v1/rate-imports/${upload.body.id}/check`);
  expect(dry.body).toMatchObject({ isChecked: true, counts: { alreadyNotified: 1 } });
  expect(await change(past, { rate: '7', confirmNotified: true })).toHaveStatus(200);
  expect(await remove(`${past}?confirmNotified=true`)).toHaveStatus(204);
});

test('files are removed after their days, which the list says; then they are neither downloaded nor resent', async () => {
  const { id, clientId } = await notified();
  const other = await notified();
  await api.sql`update rate_notifications set ended_at = now() - interval '31 days' where id = ${id}`;
  expect(await removeOldRateFiles(api.sql, 0)).toBe(0);
  expect(await removeOldRateFiles(api.sql, 40)).toBe(0);
  expect(await removeOldRateFiles(api.sql, 30)).toBe(1);
  expect(await removeOldRateFiles(api.sql, 30)).toBe(0);
  const [{ files, deliveryId }] = await listOf(clientId);
  expect(files).toMatchObject([{ position: 0, bytes: null, removedAt: expect.any(String) }]);
  const gone = await api.get(`/v1/rate-notifications/${id}/files/0`);
  expect(gone).toBeProblem(404, 'not_found', '#/path/position');
  expect(gone.body.errors[0].detail).toContain('no longer kept');
  const resent = await api.post(`/v1/deliveries/${deliveryId}/resend`, { reason: 'again' });
  expect(resent).toBeProblem(409, 'conflict');
  expect(await api.get(`/v1/rate-notifications/${other.id}/files/0`)).toHaveStatus(200);
});

test('notifications are found by client, table, file, and recipient', async () => {
  const { id, clientId } = await notified({ ratesEmail: 'Prices@walk.example' });
  const [{ clientName, files }] = await listOf(clientId);
  for (const text of [clientName, files[0].fileName.slice(0, 60), 'prices@WALK']) {
    const { body } = await api.get(`/v1/rate-notifications?q=${encodeURIComponent(text)}&state=accepted`);
    expect(body.data.map((row: { id: string }) => row.id)).toEqual([id]);
  }
  expect((await api.get('/v1/rate-notifications?q=nobody%20at%20all')).body.data).toEqual([]);
});
