import { reasonPrefix } from './fleet.mjs';

/**
 * The requests of the load. Each names what it must leave behind: `entry` (a ledger entry by its id) or `audit` (an audit
 * row by its reason, which is of this request alone).
 */

const amount = (random, min, max) => `${random.integer(min, max)}.${String(random.integer(0, 99)).padStart(2, '0')}`;

export const ledgerMix = { charge: 50, payment: 25, explain: 10 };
export const monitorMix = {
  checkNow: 30,
  resetRule: 16,
  silence: 8,
  pause: 6,
  resume: 10,
  grant: 8,
  changeGrant: 4,
  cancelGrant: 6,
  editProfile: 5,
  editClient: 5,
};

/** @param label of this request alone, such as `faults 17/1/4/23` */
const manualAction = (path, label, action, body = {}) => ({
  method: 'POST',
  path,
  body: { reason: label, ...body },
  key: label.replaceAll(' ', '-'),
  leaves: { audit: { action, reason: label } },
});

/** By name: `(context) => request`, or null where there is nothing to ask for. */
export const makers = {
  charge: ({ random, client, label }) => ({
    method: 'POST',
    path: `/v1/clients/${client.id}/charges`,
    body: { id: label, amount: amount(random, 4, 45), currency: client.currency },
    leaves: { entry: { clientId: client.id, kind: 'charge', id: label } },
  }),
  payment: ({ random, client, label }) => ({
    method: 'POST',
    path: '/v1/payments',
    body: { id: label, clientId: client.id, amount: amount(random, 20, 110), currency: client.currency },
    // An id alone must be enough; half of the payments also carry a key.
    ...(random.chance(0.5) && { key: label.replaceAll(' ', '-') }),
    leaves: { entry: { clientId: client.id, kind: 'payment', id: label } },
  }),
  explain: ({ client }) => ({ method: 'GET', path: `/v1/clients/${client.id}/explain`, leaves: {} }),
  checkNow: ({ client, label }) => manualAction(`/v1/clients/${client.id}/monitor/check`, label, 'monitor.check'),
  resetRule({ random, client, label }) {
    const rule = random.pick(client.rules);
    const request = manualAction(
      `/v1/clients/${client.id}/rules/${encodeURIComponent(rule)}/reset`,
      label,
      'rule.reset',
    );
    return { ...request, resets: { clientId: client.id, rule } };
  },
  silence({ random, client, label }) {
    const until = random.chance(0.3) ? null : new Date(Date.now() + random.integer(5, 40) * 1000).toISOString();
    const rule = random.chance(0.5) ? { rule: random.pick(client.rules) } : {};
    return manualAction(`/v1/clients/${client.id}/monitor/silence`, label, 'monitor.silence', { until, ...rule });
  },
  pause: ({ client, label }) => manualAction(`/v1/clients/${client.id}/monitor/pause`, label, 'monitor.pause'),
  resume: ({ client, label }) => manualAction(`/v1/clients/${client.id}/monitor/resume`, label, 'monitor.resume'),
  grant({ random, client, label }) {
    const validUntil = new Date(Date.now() + (random.chance(0.4) ? random.integer(8, 40) : 6 * 3600) * 1000);
    const terms = { amount: `${random.integer(10, 60)}.00`, validUntil: validUntil.toISOString() };
    return manualAction(`/v1/clients/${client.id}/temporary-credits`, label, 'temporary_credit.grant', terms);
  },
  async changeGrant({ api, random, client, label, limit }) {
    const grant = await openGrantOf(api, client, limit);
    const terms = { amount: `${random.integer(10, 60)}.00` };
    const request = manualAction(`/v1/temporary-credits/${grant?.id}`, label, 'temporary_credit.change', terms);
    return grant && { ...request, method: 'PATCH', ifMatch: `"${grant.version}"` };
  },
  async cancelGrant({ api, client, label, limit }) {
    const grant = await openGrantOf(api, client, limit);
    return grant && manualAction(`/v1/temporary-credits/${grant.id}/cancel`, label, 'temporary_credit.cancel');
  },
  async editProfile({ api, random, fleet, label, limit }) {
    const path = `/v1/profiles/${random.pick(fleet.profiles).id}`;
    const change = random.pick([
      { clientRule: { threshold: random.pick(['50.00', '60.00']) } },
      { userRule: { threshold: random.pick(['100.00', '120.00']) } },
      { checkEveryMinutes: random.pick([1, 2]) },
    ]);
    return editOf(api, path, change, 'profile.update', label, limit);
  },
  editClient: ({ api, random, client, label, limit }) =>
    editOf(api, `/v1/clients/${client.id}`, { tags: [`tag-${random.integer(1, 1e9)}`] }, 'client.update', label, limit),
};

async function openGrantOf(api, client, limit) {
  const { data } = await api.read(`/v1/temporary-credits?clientId=${client.id}&status=scheduled,active&limit=1`, limit);
  return data[0] ?? null;
}

/** An edit of the version that is there now: repeated after it was carried out it is refused, never carried out twice. */
async function editOf(api, path, change, action, label, limit) {
  const { answer } = await api.settle({ method: 'GET', path }, limit);
  if (!answer.etag) return null;
  const body = { ...change, reason: label };
  return { method: 'PATCH', path, body, ifMatch: answer.etag, leaves: { audit: { action, reason: label } } };
}

export const labelOf = (...parts) => `${reasonPrefix} ${parts.join('/')}`;
