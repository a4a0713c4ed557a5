import { formatMoney, moneyOf } from '../../../src/domain/money.js';
import type { ApiClient } from './api-client.js';
import { billingEmail, clients, operatorEmail, profiles, subReseller, users } from './data.js';

type Named = { id: string; name: string; version: number };
type Listed<T> = { data: T[] };

/** Whether there is any client yet. */
export async function hasClients(api: ApiClient): Promise<boolean> {
  const { data } = await api.get<Listed<unknown>>('/v1/clients?limit=1');
  return data.length > 0;
}

/**
 * Brings the demo data through the public API. What is there already is left as it is, so that a seeding that was cut
 * short can be taken up again.
 *
 * @throws ApiProblem naming what the API refused
 */
export async function seed(api: ApiClient): Promise<void> {
  const resellers = await ensureResellers(api);
  await ensureUsers(api, resellers);
  const profileIds = await ensureProfiles(api, resellers.operator);
  const { data } = await api.get<Listed<{ id: string; externalId: string | null }>>('/v1/clients?limit=200');
  for (const { profile, reseller, fixedBalance, ...client } of clients) {
    const present =
      data.find(({ externalId }) => externalId === client.externalId) ??
      (await api.post<Named>('/v1/clients', {
        ...client,
        currency: 'USD',
        billingEmail: billingEmail(client.name),
        resellerId: resellers[reseller],
        profileId: profileIds[profile],
        tags: ['demo'],
      }));
    await invoice(api, present.id, fixedBalance);
  }
}

/** Brings the fixed balance of a client that has neither paid nor been invoiced. */
async function invoice(api: ApiClient, clientId: string, fixedBalance: string): Promise<void> {
  const amount = -moneyOf(fixedBalance);
  if (amount <= 0n) return;
  const body = { id: 'demo-opening', amount: formatMoney(amount), currency: 'USD' };
  await api.post(`/v1/clients/${clientId}/invoices`, body);
}

async function ensureResellers(api: ApiClient): Promise<{ operator: string; sub: string }> {
  type Reseller = Named & { kind: string; email: string | null };
  const { data } = await api.get<Listed<Reseller>>('/v1/resellers?limit=200');
  const operator = data.find(({ kind }) => kind === 'operator');
  if (!operator) throw new Error('the API lists no operator');
  if (operator.email === null) {
    await api.patch(`/v1/resellers/${operator.id}`, { email: operatorEmail }, operator.version);
  }
  const sub =
    data.find(({ name }) => name === subReseller.name) ??
    (await api.post<Named>('/v1/resellers', { ...subReseller, parentId: operator.id }));
  return { operator: operator.id, sub: sub.id };
}

async function ensureUsers(api: ApiClient, resellers: Readonly<Record<'operator' | 'sub', string>>): Promise<void> {
  const { data: present } = await api.get<Listed<{ email: string }>>('/v1/users?limit=200');
  for (const { reseller, ...user } of users) {
    if (present.some(({ email }) => email === user.email)) continue;
    await api.post('/v1/users', { ...user, resellerId: resellers[reseller] });
  }
}

async function ensureProfiles(api: ApiClient, resellerId: string): Promise<Record<keyof typeof profiles, string>> {
  const { data } = await api.get<Listed<Named>>('/v1/profiles?limit=200');
  const ensure = async (key: keyof typeof profiles): Promise<string> => {
    const profile = profiles[key];
    const present = data.find(({ name }) => name === profile.name);
    return (present ?? (await api.post<Named>('/v1/profiles', { ...profile, resellerId }))).id;
  };
  return { default: await ensure('default'), closely: await ensure('closely') };
}
