import type { Queries } from '../system/database.js';
import { raiseEvent } from './raise-event.js';
import { resolveOpenEvents } from './resolve-event.js';

/** Emails about rates that no server accepted: an event for each client and rate table. */

const kind = 'rate_notification.failed';

interface EndedEmail {
  readonly id: string;
  readonly clientId: string;
  readonly clientName: string;
  readonly rateTableId: string | null;
  readonly rateTableName: string;
  readonly composedAt: Date;
  readonly status: string;
  /** of the reply to the last attempt; null: there was none */
  readonly code: number | null;
}

/**
 * Raises the event of an email that has failed, and ends it once one of the same table is accepted. Called again, it changes nothing.
 *
 * @param of a rate notification, or the delivery of one; another delivery changes nothing
 */
export async function noteRateEmail(
  q: Queries,
  of: { readonly rateNotificationId: string } | { readonly deliveryId: string },
  at: Date,
): Promise<void> {
  const [email] = await q<EndedEmail[]>`
    select w.id, c.id as "clientId", c.name as "clientName", w.rate_table_id as "rateTableId",
      w.rate_table_name as "rateTableName", w.composed_at as "composedAt", d.status,
      (select a.code from delivery_attempts a where a.delivery_id = d.id order by a.attempt desc limit 1) as code
    from rate_notifications w join clients c on c.id = w.client_id join deliveries d on d.notification_id = w.notification_id
    where ${'deliveryId' in of ? q`d.id = ${of.deliveryId}` : q`w.id = ${of.rateNotificationId}`} and c.status <> 'deleted'`;
  if (!email) return;
  const cause = `client ${email.clientId} rate table ${email.rateTableId ?? email.rateTableName}`;
  if (email.status === 'accepted') {
    await resolveOpenEvents(q, { kind, cause }, { reason: 'The mail server accepted a rate notification', at });
    return;
  }
  if (email.status !== 'failed') return;
  const known =
    await q`select 1 from events where kind = ${kind} and cause = ${cause} and last_at >= ${email.composedAt}`;
  if (known.length > 0) return;
  await raiseEvent(q, {
    ...{ kind, cause, subjectId: email.id, clientId: email.clientId, resellerId: null },
    data: { client: email.clientName, rateTable: email.rateTableName, reason: reasonOf(email) },
    atMs: Math.max(at.getTime(), email.composedAt.getTime()),
  });
}

/** Without the reply itself, which may name the address. */
function reasonOf({ code }: EndedEmail): string {
  return code === null ? 'the mail server did not answer' : `the mail server refused the email with ${code}`;
}
