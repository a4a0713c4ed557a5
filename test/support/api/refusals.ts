import type { Reply, TestApi } from './api.js';
import { fingerprint } from '../database/fingerprint.js';

/** What a refusal must say. */
export interface Expected {
  readonly status: number;
  readonly code: string;
  readonly pointer: string;
  readonly detail: RegExp;
}

export const invalid = (pointer: string, detail: RegExp): Expected => ({
  status: 400,
  code: 'invalid',
  pointer,
  detail,
});

/** For changes that are not about versions. */
export const anyVersion = { headers: { 'If-Match': '*' } };

/** Sends it, and holds the answer and the whole database against what a refusal must be. */
export async function refused(api: TestApi, send: () => Promise<Reply>, expected: Expected): Promise<void> {
  const before = await fingerprint(api.sql);
  const reply = await send();
  expect(reply).toBeProblem(expected.status, expected.code, expected.pointer);
  const faults: { pointer: string; detail: string }[] = reply.body.errors;
  expect(faults.find(({ pointer }) => pointer === expected.pointer)?.detail).toMatch(expected.detail);
  expect(await fingerprint(api.sql)).toBe(before);
}

/** Bodies that the API accepts unchanged. */
export const whole = {
  profile: {
    name: 'default',
    currency: 'USD',
    maxNotifications: 3,
    periodHours: 24,
    userRule: { threshold: '100.00', notifyOwner: true, emails: [] },
    clientRule: { threshold: '50.00', notifyClient: true, emails: [] },
    advancedRules: [{ key: 'idle', threshold: '10.00', notifyClient: true, inactivityDays: 30, emails: [] }],
  },
  client: { name: 'Acme', currency: 'USD', balanceModel: 'prepaid', billingEmail: 'billing@acme.example' },
};

export interface RefusalIds {
  readonly profile: string;
  readonly client: string;
  readonly deleted: string;
  readonly postpaid: string;
  readonly user: string;
}

/** One of each that a refused change is tried on. */
export async function makeTargets(api: TestApi): Promise<RefusalIds> {
  const id = async (path: string, body: unknown): Promise<string> => (await api.post(path, body)).body.id;
  const deleted = await id('/v1/clients', whole.client);
  await api.call('DELETE', `/v1/clients/${deleted}`, undefined, anyVersion);
  return {
    profile: await id('/v1/profiles', whole.profile),
    client: await id('/v1/clients', { ...whole.client, openingBalance: '10.00' }),
    deleted,
    postpaid: await id('/v1/clients', { ...whole.client, balanceModel: 'postpaid' }),
    user: await id('/v1/users', { name: 'Anna', email: 'anna@operator.example' }),
  };
}
