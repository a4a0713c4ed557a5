import type { Queries } from './database.js';

/** What is asked of the server itself, whatever it holds. */

/** Resolves when the database answers. */
export async function pingDatabase(q: Queries): Promise<void> {
  await q`select 1`;
}

export interface ServerVersion {
  readonly version: string;
  /** of six digits: 140005 is 14.5 */
  readonly number: string;
}

export async function serverVersion(q: Queries): Promise<ServerVersion | null> {
  const [row] = await q<ServerVersion[]>`
    select current_setting('server_version') as version, current_setting('server_version_num') as number`;
  return row ?? null;
}

/** The time by the server's clock. */
export async function serverTime(q: Queries): Promise<Date | null> {
  const [row] = await q<{ now: Date }[]>`select clock_timestamp() as now`;
  return row?.now ?? null;
}

/** Notifies all listeners of the channel, once per payload; within a transaction, when it commits. */
export async function notifyChannel(q: Queries, channel: string, payloads: readonly string[]): Promise<void> {
  await q`select pg_notify(${channel}, payload) from unnest(${payloads as string[]}::text[]) as p (payload)`;
}
