import type { Queries } from './database.js';

/** What staff must know. One row for as long as it lasts: told once, counted after. */
export interface NewAlert {
  readonly kind: string;
  readonly clientId: string | null;
  readonly detail: string;
  readonly atMs: number;
}

export interface RaisedAlert {
  readonly id: string;
  /** false: it was open already */
  readonly isNew: boolean;
  /** staff was told by mail */
  readonly isMailed: boolean;
}

/** An alert of a client that is unknown stands under no client's name. */
export async function raiseAlert(sql: Queries, alert: NewAlert): Promise<RaisedAlert> {
  const at = new Date(alert.atMs);
  const [row] = await sql<{ id: string; times: number; isMailed: boolean }[]>`
    insert into alerts (kind, client_id, reseller_id, detail, first_at, last_at)
    values (${alert.kind}, (select id from clients where id = ${alert.clientId}), (select reseller_id from clients where id = ${alert.clientId}), ${alert.detail}, ${at}, ${at})
    on conflict (kind, coalesce(client_id, 0), coalesce(reseller_id, 0)) where resolved_at is null
    do update set times = alerts.times + 1, last_at = excluded.last_at, detail = excluded.detail
    returning id, times, mailed_at is not null as "isMailed"`;
  if (!row) throw new Error('an alert was neither inserted nor updated');
  return { id: row.id, isNew: row.times === 1, isMailed: row.isMailed };
}

export async function resolveAlert(sql: Queries, kind: string, clientId: string, atMs: number): Promise<void> {
  await sql`
    update alerts set resolved_at = ${new Date(atMs)}
    where kind = ${kind} and client_id = ${clientId} and resolved_at is null`;
}

export async function markAlertMailed(sql: Queries, id: string, atMs: number): Promise<void> {
  await sql`update alerts set mailed_at = ${new Date(atMs)} where id = ${id}`;
}
