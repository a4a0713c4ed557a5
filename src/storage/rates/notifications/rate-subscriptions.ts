import type { Fragment } from 'postgres';
import type { RateFileFormat, RateNotificationType } from '../../../domain/rates/notifications/rate-notification.js';
import type { Queries } from '../../system/database.js';
import type { ListQuery } from '../../system/paging.js';
import { subtree, visibleClients } from '../../system/tenancy.js';
import { lastNotified, rateRecipient } from './rate-notifications.js';

/** A client and a table that it uses, and how the client is notified of the rates. */
export interface RateSubscriptionRow {
  readonly id: string;
  readonly clientId: string;
  readonly clientName: string;
  readonly rateTableId: string;
  readonly rateTableName: string;
  readonly direction: 'origination' | 'termination' | 'both';
  readonly enabled: boolean;
  readonly type: RateNotificationType;
  readonly format: RateFileFormat;
  readonly unique: boolean;
  readonly agreementId: string | null;
  readonly agreementName: string | null;
  readonly recipient: string | null;
  readonly lastNotifiedAt: Date | null;
  /** null: none waits */
  readonly nextNotificationAt: Date | null;
}

export interface RateSubscriptionFilter {
  readonly rateTableId: string | null;
  readonly clientId: string | null;
  readonly resellerId: string | null;
  readonly enabled: boolean | null;
}

export const rateSubscriptionSorts = ['clientName', 'rateTableName'] as const;

export function rateSubscriptionList(
  q: Queries,
  withinId: string,
  filter: RateSubscriptionFilter,
): ListQuery<RateSubscriptionRow, (typeof rateSubscriptionSorts)[number]> {
  // A client that uses one table both ways is notified of it once.
  const tables = q`clients c
    cross join lateral (values
      (c.origination_rate_table_id, case when c.termination_rate_table_id = c.origination_rate_table_id then 'both' else 'origination' end, 0),
      (nullif(c.termination_rate_table_id, c.origination_rate_table_id), 'termination', 1)) as u (rate_table_id, direction, place)
    join rate_tables t on t.id = u.rate_table_id`;
  const parts: Fragment[] = [q`c.status <> 'deleted'`, visibleClients(q, withinId)];
  if (filter.resellerId !== null) parts.push(q`c.reseller_id in (${subtree(q, filter.resellerId)})`);
  if (filter.clientId !== null) parts.push(q`c.id = ${filter.clientId}`);
  if (filter.rateTableId !== null) {
    parts.push(q`t.id = ${filter.rateTableId}`);
    parts.push(q`${filter.rateTableId} in (c.origination_rate_table_id, c.termination_rate_table_id)`);
  }
  if (filter.enabled !== null) parts.push(q`c.rate_notification = ${filter.enabled}`);
  const wanted = parts.reduce((all, part) => q`${all} and ${part}`);
  return {
    columns: {
      id: { expression: q`c.id * 2 + u.place`, type: 'bigint' },
      clientName: { expression: q`lower(c.name)`, type: 'text' },
      rateTableName: { expression: q`lower(t.name)`, type: 'text' },
    },
    select: ({ within, orderBy, limit, position }) => q`
      select c.id * 2 + u.place as id, c.id as "clientId", c.name as "clientName", t.id as "rateTableId",
        t.name as "rateTableName", u.direction, c.rate_notification as enabled, c.rate_notification_type as type,
        c.rate_notification_format as format, c.rate_notification_unique as "unique", a.id as "agreementId",
        a.name as "agreementName", ${rateRecipient(q)} as recipient, ${lastNotified(q, q`t.id`)} as "lastNotifiedAt",
        (select w.due_at from rate_notifications w
          where w.client_id = c.id and w.rate_table_id = t.id and w.kind = 'scheduled' and w.status = 'waiting')
          as "nextNotificationAt",
        ${position} as position
      from ${tables} left join agreements a on a.id = coalesce(c.agreement_id, t.agreement_id)
      where ${wanted} and ${within} order by ${orderBy} limit ${limit}`,
    count: () => q`select count(*)::int as total from ${tables} where ${wanted}`,
  };
}
