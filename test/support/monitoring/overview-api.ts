import type { DeliveryStatus } from '../../../src/storage/notifications/deliveries.js';
import { insertNotification } from '../data/notifications.js';
import { startTestApi, type TestApi } from '../api/api.js';
import { insertEvent } from '../data/events.js';

/** The numbers of the first page: what they say, and that the lists which they lead to agree. */

export let api: TestApi;

const ids: Record<string, string> = {};

export const now = Date.parse('2026-03-31T12:30:00Z');

export const hours = (n: number): Date => new Date(now + n * 3_600_000);

export const id = (name: string): string => ids[name] ?? '';

async function client(name: string, state: string, fields: Record<string, unknown>): Promise<void> {
  const reply = await api.post('/v1/clients', { name, currency: 'USD', ...fields });
  expect(reply).toHaveStatus(201);
  const { body } = reply;
  ids[name] = body.id;
  await api.sql`update clients set created_at = ${hours(-24 * 40)} where id = ${body.id}`;
  await api.sql`update monitors set state = ${state}, state_since = ${hours(-24 * 40)} where client_id = ${body.id}`;
}

export let mails = 0;

async function mail(name: string, status: DeliveryStatus, at: Date): Promise<void> {
  const rule = `advanced:${++mails}`;
  await insertNotification(api.sql, {
    clientId: id(name),
    rule,
    status,
    at,
    to: ['a@a.example'],
    nextAttemptAt: hours(0.25),
  });
}

async function grant(name: string, status: string, from: Date, until: Date): Promise<void> {
  await api.sql`
    insert into temporary_credits (client_id, seq, request_id, amount, currency, valid_from, valid_until, warn_at, status, reason, granted_by)
    values (${id(name)}, 1, 'r', 5, 'USD', ${from}, ${until}, ${new Date(until.getTime() - 3_600_000)}, ${status}, 'test', 'key:1')`;
}

export async function totalOf(path: string): Promise<number> {
  const reply = await api.get(`${path}${path.includes('?') ? '&' : '?'}include=total`);
  expect(reply).toHaveStatus(200);
  return reply.body.total;
}

/** Registers the set-up of a test file: it fills the variables above. */
export function useOverviewApi(): void {
  beforeAll(async () => {
    api = await startTestApi();
    const profile = await api.post('/v1/profiles', {
      name: 'gold',
      currency: 'USD',
      clientRule: { threshold: '100.00', notifyClient: true },
    });
    const profileId: string = profile.body.id;
    const billingEmail = 'billing@acme.example';
    await client('Ok', 'ok', { profileId, openingBalance: '150.00', billingEmail });
    await client('Low', 'low', { profileId, openingBalance: '60.00', billingEmail });
    await client('Mute', 'low', { profileId, openingBalance: '-5.00' });
    await client('Stopped', 'paused', { profileId, openingBalance: '1000.00', billingEmail, status: 'stop' });
    await client('Deleted', 'critical', { profileId });
    await client('Euro', 'ok', { currency: 'EUR', openingBalance: '7.00' });
    await api.sql`update clients set status = 'deleted' where id = ${id('Deleted')}`;
    await api.sql`update monitors set next_check_at = ${hours(-1)} where client_id = ${id('Ok')}`;
    await api.sql`update monitors set next_check_at = ${hours(1.5)} where client_id = ${id('Low')}`;
    await api.sql`update monitors set silences = ${api.sql.json({ '*': hours(2).getTime(), user: hours(-2).getTime() })}
    where client_id = ${id('Mute')}`;
    await mail('Low', 'accepted', hours(-1));
    await mail('Low', 'accepted', hours(-2.25));
    await mail('Mute', 'failed', hours(-2.5));
    await mail('Mute', 'uncertain', hours(-23));
    await mail('Mute', 'failed', hours(-25));
    await mail('Ok', 'retrying', hours(-1));
    await grant('Low', 'active', hours(-24), hours(24));
    await grant('Ok', 'scheduled', hours(3), hours(24 * 8));
    await insertEvent(api.sql, { clientId: id('Low') });
    const resolved = await insertEvent(api.sql, { clientId: id('Ok') });
    await api.post(`/v1/events/${resolved}/resolve`, { reason: 'seen' });
    api.now = now;
  });
  afterAll(() => api.stop());
}
