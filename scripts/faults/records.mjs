import { inParallel } from '../lib/in-parallel.mjs';

/** What a run left behind, as the API and the mailbox show it. */

/** Every notification, those of temporary credit too. */
export const readNotifications = ({ api, limit }) => api.readAll('/v1/notifications?kind=all', limit);

/** When each notification was written, in ms, by its id. Its own instant is that of the check, which a stalled database delays. */
export async function readWrittenAt({ stack }) {
  const rows = await stack.sql`select id, created_at as at from notifications`;
  return new Map(rows.map(({ id, at }) => [String(id), at.getTime()]));
}

/** Of the mailbox: `[{ messageId, to: [address] }]` */
export async function readMails({ stack }) {
  const headers = { authorization: `Bearer ${stack.mailboxToken}` };
  const response = await fetch(`${stack.mailboxUrl}/api/summary`, { headers });
  return (await response.json()).messages;
}

/** How many audit rows there are with this action and reason: a Map by `action reason`. */
export async function countAuditRows({ api, limit }) {
  const counts = new Map();
  for (const { action, reason } of await api.readAll('/v1/audit', limit)) {
    const key = `${action} ${reason}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

/** Ledger entries of each client: a Map by client id. */
export async function readEntries({ api, fleet, limit }) {
  const lists = await inParallel(fleet.clients, 6, ({ id }) => api.readAll(`/v1/clients/${id}/entries`, limit));
  return new Map(fleet.clients.map(({ id }, index) => [id, lists[index]]));
}

/** A notification counts when a server took it, or may have. */
export const counts = ({ status }) => status === 'accepted' || status === 'uncertain';

/** One message to all recipients, or one for each of them: `[{ messageId, status, recipients }]` */
export function deliveriesOf(notification) {
  const each = notification.deliveries?.map((delivery) => ({
    messageId: delivery.messageId,
    status: delivery.status ?? delivery.outcome,
    recipients: [delivery.to ?? delivery.recipient].flat(),
  }));
  return each ?? [{ ...notification, recipients: notification.to }];
}

/** `client 7, rule client, episode 2, number 1` */
export const nameOf = ({ clientId, rule, episode, number }) =>
  `client ${clientId}, rule ${rule}, episode ${episode}, number ${number}`;
