import type { ClientState } from '../../domain/monitoring/client-state.js';
import { available, clientTables, headroomPercent, nearestThreshold, recipientMissing } from './client-measures.js';
import type { Queries } from '../system/database.js';
import type { NotificationStatus } from '../notifications/notifications.js';
import { isOverdue, stateNow } from '../monitoring/state-now.js';
import { expiringWithin } from '../credit/temporary-credits-read.js';
import { visibleClients } from '../system/tenancy.js';

/** The numbers of the first page, each counted as the list counts that it leads to. */

export interface StateCount {
  readonly state: ClientState;
  readonly clients: number;
  readonly overdue: number;
  /** when the check was due that is latest; null: none is overdue */
  readonly overdueSince: Date | null;
  readonly recipientMissing: number;
}

/** Clients that are not deleted. */
export async function countClients(q: Queries, withinId: string, at: Date): Promise<StateCount[]> {
  return q<StateCount[]>`
    select ${stateNow(q, at)} as state, count(*)::int as clients,
      (count(*) filter (where ${isOverdue(q, at)}))::int as overdue,
      min(coalesce(m.next_check_at, m.seen_at)) filter (where ${isOverdue(q, at)}) as "overdueSince",
      (count(*) filter (where ${recipientMissing(q)}))::int as "recipientMissing"
    from ${clientTables(q, at, 'outer')}
    where c.status <> 'deleted' and m.client_id is not null and ${visibleClients(q, withinId)} group by 1`;
}

/** Notifications since an instant, by their status, which the trigger `refresh_notification` writes. */
export async function countMails(
  q: Queries,
  withinId: string,
  since: Date,
): Promise<{ readonly status: NotificationStatus; readonly mails: number }[]> {
  return q`
    select n.status, count(*)::int as mails from notifications n join clients c on c.id = n.client_id
    where n.decided_at >= ${since} and ${visibleClients(q, withinId)} group by 1`;
}

export async function countCredits(
  q: Queries,
  withinId: string,
  at: Date,
  days: number,
): Promise<{ readonly active: number; readonly expiring: number }> {
  const [row] = await q<{ active: number; expiring: number }[]>`
    select (count(*) filter (where t.status = 'active'))::int as active,
      (count(*) filter (where ${expiringWithin(q, at, days)}))::int as expiring
    from temporary_credits t join clients c on c.id = t.client_id
    where t.status in ('scheduled', 'active') and ${visibleClients(q, withinId)}`;
  return row ?? { active: 0, expiring: 0 };
}

/** Bounds of the histogram's bars in percent of the nearest threshold. */
export const headroomEdges = [-50, 0, 10, 25, 50, 100, 200, 500] as const;

export interface HeadroomBar {
  readonly currency: string;
  /** 0: below the first edge, 1: from the first to the second, ...; null: no threshold, or one of zero */
  readonly bar: number | null;
  readonly clients: number;
}

/** Active clients that have a limit, by currency and by how far they are above their nearest threshold. */
export async function countHeadroom(
  q: Queries,
  withinId: string,
  filter: { readonly currency: string | null },
  at: Date,
): Promise<HeadroomBar[]> {
  return q<HeadroomBar[]>`
    select c.currency,
      case when ${nearestThreshold(q)} is not null
        then width_bucket(${headroomPercent(q)}, ${[...headroomEdges]}::numeric[]) end as bar,
      count(*)::int as clients
    from ${clientTables(q, at)}
    where c.status = 'active' and ${available(q)} is not null and ${visibleClients(q, withinId)}
      and ${filter.currency === null ? q`true` : q`c.currency = ${filter.currency}`}
    group by 1, 2 order by 1, 2`;
}
