import type { CheckKind } from '../../contract/monitor.js';
import type { Verdict } from '../../domain/monitoring/evaluate.js';
import type { ClientState } from '../../domain/monitoring/client-state.js';
import type { Queries } from '../system/database.js';
import type { ListQuery } from '../system/paging.js';

/** A check that said something else than the one before it. */
export interface CheckRow {
  readonly id: string;
  readonly at: Date;
  readonly kind: CheckKind;
  readonly state: ClientState;
  /** null: the balance was unknown */
  readonly available: string | null;
  readonly verdicts: readonly Verdict[];
}

interface CheckFilter {
  readonly from: Date | null;
  readonly to: Date | null;
}

/** Newest first. */
export function checkList(q: Queries, clientId: string, filter: CheckFilter): ListQuery<CheckRow, 'id'> {
  const where = q`k.client_id = ${clientId}
    and ${filter.from ? q`k.at >= ${filter.from}` : q`true`} and ${filter.to ? q`k.at < ${filter.to}` : q`true`}`;
  return {
    columns: { id: { expression: q`k.id`, type: 'bigint' } },
    select: ({ within, orderBy, limit, position }) => q`
      select k.id, k.at, k.kind, k.state, k.available, k.verdicts, ${position} as position
      from checks k where ${where} and ${within} order by ${orderBy} limit ${limit}`,
    count: () => q`select count(*)::int as total from checks k where ${where}`,
  };
}
