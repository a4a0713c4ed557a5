import type { Queries } from '../../system/database.js';
import type { ScheduleRow } from '../agreements/agreements.js';
import { lastNotified } from '../notifications/rate-notifications.js';

interface TableTerms {
  readonly agreement: ScheduleRow | null;
  readonly lastExportedAt: Date | null;
  /** the latest of its clients; null: none was notified */
  readonly lastNotifiedAt: Date | null;
}

export async function readTableTerms(q: Queries, rateTableId: string): Promise<TableTerms> {
  const [row] = await q<TableTerms[]>`
    select (select jsonb_build_object('id', a.id::text, 'name', a.name, 'notificationDays', a.notification_days,
          'hour', a.hour, 'timezone', a.timezone, 'terms', a.terms)
        from agreements a where a.id = t.agreement_id) as agreement,
      t.last_exported_at as "lastExportedAt",
      (select max(${lastNotified(q, q`t.id`)}) from clients c
        where c.status <> 'deleted' and t.id in (c.origination_rate_table_id, c.termination_rate_table_id))
        as "lastNotifiedAt"
    from rate_tables t where t.id = ${rateTableId}`;
  return row ?? { agreement: null, lastExportedAt: null, lastNotifiedAt: null };
}
