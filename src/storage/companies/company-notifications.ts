import type { CompanySide } from '../../domain/companies/company-balances.js';
import { channelJson, type DeliveryStatus } from '../notifications/deliveries.js';
import type { DeliveryChannel, NotificationStatus } from '../notifications/notifications.js';
import type { Queries } from '../system/database.js';
import type { ListQuery } from '../system/paging.js';

/** A notification about a side of a company. */
export interface CompanyNotificationRow {
  readonly id: string;
  readonly side: CompanySide;
  readonly episode: number;
  readonly status: NotificationStatus;
  readonly decidedAt: Date;
  readonly endedAt: Date | null;
  /** as its emails say it */
  readonly balance: string | null;
  readonly currency: string | null;
  readonly threshold: string | null;
  readonly thresholdCurrency: string | null;
  readonly deliveries: readonly {
    readonly id: string;
    readonly recipient: string;
    /** null: an email */
    readonly channel: DeliveryChannel | null;
    readonly status: DeliveryStatus;
    readonly subject: string;
    readonly attempts: number;
    readonly reply: string | null;
  }[];
}

/** Of a company that the caller sees. */
export function companyNotificationList(
  q: Queries,
  companyId: string,
  side: CompanySide | null,
): ListQuery<CompanyNotificationRow, 'at'> {
  const where = q`n.company_id = ${companyId} and (${side}::text is null or n.rule = ${side})`;
  return {
    columns: {
      id: { expression: q`n.id`, type: 'bigint' },
      at: { expression: q`n.decided_at`, type: 'timestamptz' },
    },
    select: ({ within, orderBy, limit, position }) => q`
      select n.id, n.rule as side, n.episode, n.status, n.decided_at as "decidedAt", n.ended_at as "endedAt",
        n.variables ->> 'BALANCE' as balance, n.currency, n.variables ->> 'THRESHOLD' as threshold,
        n.variables ->> 'THRESHOLD_CURRENCY' as "thresholdCurrency", coalesce((
          select jsonb_agg(jsonb_build_object('id', d.id::text, 'recipient', d.recipient, 'channel', ${channelJson(q)},
            'status', d.status,
            'subject', d.subject, 'attempts', d.attempts, 'reply', (
              select a.reply from delivery_attempts a where a.delivery_id = d.id order by a.attempt desc limit 1))
            order by d.position)
          from deliveries d where d.notification_id = n.id), '[]') as deliveries,
        ${position} as position
      from notifications n where ${where} and ${within} order by ${orderBy} limit ${limit}`,
    count: () => q`select count(*)::int as total from notifications n where ${where}`,
  };
}
