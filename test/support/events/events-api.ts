import { randomBytes } from 'node:crypto';
import { startTestApi, type CallOptions, type TestApi } from '../api/api.js';

export let api: TestApi;
export let clientId: string;
let serial = 0;

export const fresh = (text: string): string => `${text}-${++serial}`;

export async function created(
  path: string,
  body: unknown,
  options?: CallOptions,
): Promise<{ id: string; secret: string }> {
  const reply = await api.post(path, body, options);
  expect(reply).toHaveStatus(201);
  return reply.body;
}

type Event = Record<string, unknown> & { readonly data: Record<string, string> };

export async function events(query = '', options?: CallOptions): Promise<Event[]> {
  const reply = await api.get(`/v1/events?sort=id${query}`, options);
  expect(reply).toHaveStatus(200);
  return reply.body.data;
}

/** Registers the set-up of a test file: it fills the variables above. */
export function useEventsApi(): void {
  beforeAll(async () => {
    api = await startTestApi({ SECRET_KEY: randomBytes(32).toString('base64') });
  });
  afterAll(() => api.stop());
  beforeEach(async () => {
    api.now = null;
    await api.sql`delete from events`;
    clientId = (await created('/v1/clients', { name: fresh('Client'), currency: 'USD' })).id;
  });
}
