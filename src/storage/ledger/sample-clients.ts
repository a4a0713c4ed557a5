import type { Queries } from '../system/database.js';

/** Some monitored clients, the oldest first, as a balance source is asked for them. */
export async function sampleClients(
  q: Queries,
  limit: number,
): Promise<readonly { readonly id: string; readonly externalId: string | null; readonly currency: string }[]> {
  return q<{ id: string; externalId: string | null; currency: string }[]>`
    select id, external_id as "externalId", currency from clients where status <> 'deleted' order by id limit ${limit}`;
}
