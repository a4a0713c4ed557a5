import type { Fragment } from 'postgres';
import type { ClientState } from '../../domain/monitoring/client-state.js';
import { lowStates, stateNow } from '../monitoring/state-now.js';
import type { Queries } from '../system/database.js';
import { visibleClient } from '../system/tenancy.js';
import { coversClient } from './covered-clients.js';
import type { SilenceMatcher } from './silences.js';

interface CoveredClient {
  readonly id: string;
  readonly name: string;
  readonly resellerName: string;
  readonly state: ClientState;
}

interface SilencePreview {
  readonly clients: number;
  /** of these, active ones that are low now */
  readonly low: number;
  /** the first by urgency and name */
  readonly sample: readonly CoveredClient[];
}

/** Which clients a silence would cover, of those that the caller sees. */
export async function previewCovered(
  q: Queries,
  callerResellerId: string,
  matcher: SilenceMatcher,
  { at, sample }: { readonly at: Date; readonly sample: number },
): Promise<SilencePreview> {
  const state = stateNow(q, at);
  const covered = q`
    from (select ${matcher.resellerId}::bigint as reseller_id, ${matcher.tag}::text as tag,
        ${matcher.profileId}::bigint as profile_id) s,
      clients c join resellers r on r.id = c.reseller_id join monitors m on m.client_id = c.id
    where c.status <> 'deleted' and ${coversClient(q)} and ${visibleClient(q, callerResellerId)}`;
  const isLow: Fragment = q`(c.status = 'active' and ${state} = any (${lowStates as string[]}))`;
  const [counts] = await q<{ clients: number; low: number }[]>`
    select count(*)::int as clients, (count(*) filter (where ${isLow}))::int as low ${covered}`;
  const rows = await q<CoveredClient[]>`
    select c.id, c.name, r.name as "resellerName", ${state} as state ${covered}
    order by ${isLow} desc, lower(c.name), c.id limit ${sample}`;
  return { clients: counts?.clients ?? 0, low: counts?.low ?? 0, sample: rows };
}
