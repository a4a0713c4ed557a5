import type { ListedNotificationKind } from '../../domain/notifications/mail-kinds.js';
import { actorName } from '../access/actor-name.js';
import type { Queries } from '../system/database.js';
import { attachedFiles, channelJson, type AttachedFiles, type DeliveryStatus } from './deliveries.js';
import {
  bounceJson,
  failureJson,
  lastFailedAttempt,
  type DeliveryBounce,
  type DeliveryFailure,
} from './delivery-failure.js';
import { subjectTables, visibleSubject } from './notifications-read.js';
import type { DeliveryChannel } from './notifications.js';

/** One message as it was sent, with what it belongs to. */
export interface DeliveryDetail {
  readonly id: string;
  readonly notificationId: string;
  /** null: about a company */
  readonly clientId: string | null;
  readonly clientName: string | null;
  /** null: about a client */
  readonly companyId: string | null;
  readonly companyName: string | null;
  /** of the client or the company */
  readonly resellerId: string;
  readonly kind: ListedNotificationKind;
  readonly rule: string;
  readonly decidedAt: Date;
  readonly recipient: string;
  /** null: an email */
  readonly channel: DeliveryChannel | null;
  readonly locale: string;
  readonly timezone: string;
  readonly status: DeliveryStatus;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  /** `built-in`, or id and version of a template: `12@3` */
  readonly template: string;
  readonly messageId: string;
  readonly attached: AttachedFiles | null;
  readonly attempts: number;
  readonly acceptedAt: Date | null;
  readonly endedAt: Date | null;
  readonly nextAttemptAt: Date | null;
  readonly failure: DeliveryFailure | null;
  readonly bounce: DeliveryBounce | null;
}

/** Null when there is none of a client or company within the reseller's subtree. */
export async function findDelivery(q: Queries, resellerId: string, id: string): Promise<DeliveryDetail | null> {
  const [row] = await q<DeliveryDetail[]>`
    select d.id, d.notification_id as "notificationId", n.client_id as "clientId", c.name as "clientName",
      n.company_id as "companyId", k.name as "companyName", coalesce(c.reseller_id, k.reseller_id) as "resellerId", n.kind, n.rule,
      n.decided_at as "decidedAt", d.recipient, ${channelJson(q)} as channel, d.locale, d.timezone, d.status, d.subject, d.html, d.text, d.template,
      d.message_id as "messageId", ${attachedFiles(q)}, d.attempts, d.accepted_at as "acceptedAt", d.ended_at as "endedAt",
      d.next_attempt_at as "nextAttemptAt", ${failureJson(q)} as failure, ${bounceJson(q)} as bounce
    from deliveries d ${lastFailedAttempt(q)} join ${subjectTables(q)} on n.id = d.notification_id
    where d.id = ${id} and ${visibleSubject(q, resellerId)}`;
  return row ?? null;
}

/** One SMTP dialogue, or one request to a channel. */
interface AttemptRow {
  readonly attempt: number;
  readonly startedAt: Date;
  readonly endedAt: Date | null;
  /** null: it runs */
  readonly outcome: 'accepted' | 'refused' | 'refused_for_good' | 'uncertain' | 'interrupted' | null;
  readonly code: number | null;
  readonly reply: string | null;
  /** who had it resent; null: the monitor */
  readonly requestedBy: string | null;
  /** null: the monitor, or a user that the reseller does not see */
  readonly requestedByName: string | null;
}

export async function listAttempts(q: Queries, resellerId: string, deliveryId: string): Promise<AttemptRow[]> {
  return q<AttemptRow[]>`
    select attempt, started_at as "startedAt", ended_at as "endedAt", outcome, code, reply, requested_by as "requestedBy",
      ${actorName(q, q`requested_by`, resellerId)} as "requestedByName"
    from delivery_attempts where delivery_id = ${deliveryId} order by attempt`;
}

/** How many deliveries ended without acceptance since an instant. */
export async function countNotAccepted(q: Queries, since: Date): Promise<number> {
  const [row] = await q<{ deliveries: number }[]>`
    select count(*)::int as deliveries from deliveries where status in ('failed', 'uncertain') and ended_at >= ${since}`;
  return row?.deliveries ?? 0;
}
