import { missingRecipientChanges, type MissingRecipient } from '../../domain/events/missing-recipients.js';
import type { Verdict } from '../../domain/monitoring/evaluate.js';
import { identifyRule, ruleAudienceSpecs } from '../../domain/monitoring/rule-identity.js';
import type { NotificationKind } from '../../domain/notifications/mail-kinds.js';
import { readContacts, type Contacts } from '../profiles/rule-recipients.js';
import type { Queries, Transaction } from '../system/database.js';
import { raiseEvent } from './raise-event.js';
import { resolveOpenEvents } from './resolve-event.js';

/** Notifications without a recipient: an event for each client and rule, or kind of a notification to the client. */

const kind = 'notification.no_recipients';

/**
 * Raises and ends the events of a client's rules. What was written last decides what is new, so that writing the same results
 * again changes nothing. Call it with the monitor's row locked, in the transaction that writes `after`.
 */
export async function noteMissingRecipients(
  tx: Transaction,
  client: { readonly id: string; readonly at: number },
  before: readonly Verdict[],
  after: readonly Verdict[],
): Promise<void> {
  const { found, ended } = missingRecipientChanges(before, after);
  const at = new Date(client.at);
  for (const rule of ended) {
    const cause = causeOf(client.id, rule);
    await resolveOpenEvents(tx, { kind, cause }, { reason: 'The rule has a recipient, or is no longer low', at });
  }
  const contacts = found.length > 0 ? await readContacts(tx, client.id) : null;
  if (!contacts) return;
  for (const rule of found) await raise(tx, client, rule, missingOf(contacts, rule));
}

/** Raises the event of a notification to the client itself, which has no billing email; one that is open stays as it is. */
export async function raiseMissingBillingEmail(
  q: Queries,
  clientId: string,
  notification: NotificationKind,
  at: number,
): Promise<void> {
  const known = await q`
    select 1 from events where kind = ${kind} and cause = ${causeOf(clientId, notification)} and last_at >= ${new Date(at)}`;
  if (known.length === 0) await raise(q, { id: clientId, at }, notification, 'no_billing_email');
}

/** Ends the events of notifications to clients that have a billing email by now, wherever it was set. */
export async function resolveSetBillingEmails(q: Queries, at: Date): Promise<void> {
  await q`
    update events e set resolved_at = greatest(${at}, e.first_at), resolved_by = 'system',
      resolved_reason = 'The client has a billing email'
    from clients c
    where e.kind = ${kind} and e.resolved_at is null and e.data ->> 'reason' = 'no_billing_email'
      and c.id = e.client_id and c.billing_email is not null
      and not exists (
        select 1 from monitors m, jsonb_array_elements(m.verdicts) as each (verdict)
        where m.client_id = c.id and verdict ->> 'rule' = e.data ->> 'notification')`;
}

/** Ends all of them: the client is deleted. */
export async function resolveMissingRecipients(tx: Transaction, clientId: string, at: number): Promise<void> {
  await resolveOpenEvents(tx, { kind, subjectId: clientId }, { reason: 'The client was deleted', at: new Date(at) });
}

async function raise(
  q: Queries,
  { id, at }: { readonly id: string; readonly at: number },
  notification: string,
  reason: MissingRecipient,
): Promise<void> {
  const [row] = await q<{ name: string }[]>`select name from clients where id = ${id} and status <> 'deleted'`;
  if (!row) return;
  await raiseEvent(q, {
    kind,
    cause: causeOf(id, notification),
    subjectId: id,
    clientId: id,
    resellerId: null,
    data: { client: row.name, notification, reason },
    atMs: at,
  });
}

function missingOf({ rules }: Contacts, key: string): MissingRecipient {
  const { role } = ruleAudienceSpecs[identifyRule(key).audience];
  const rule = rules.find((one) => one.key === key);
  if (role === null || (rule && !rule.notifyRole)) return 'no_recipients';
  return role === 'owner' ? 'no_owner_email' : 'no_billing_email';
}

/** The client's reseller is not part of it: a client that moves keeps its events. */
function causeOf(clientId: string, notification: string): string {
  return `client ${clientId} ${notification}`;
}
