import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Queries, Sql } from './database.js';

/** Which processes run: each says every few seconds that it is there. */

type ProcessKind = 'api' | 'worker';

/** What only the process itself can know. */
export interface ProcessFacts {
  /** of a foreign balance source; absent: the ledger is the source, or it was not read yet */
  readonly balanceSource?: { readonly isUp: boolean; readonly since: string; readonly reason: string | null };
}

interface Heartbeat {
  /** Says that the process has ended. */
  stop(): Promise<void>;
}

interface HeartbeatOptions {
  readonly kind: ProcessKind;
  readonly version: string;
  /** null: it does not do its work now, and says nothing */
  readonly facts: () => ProcessFacts | null;
  readonly onError: (error: unknown) => void;
}

/** A process that was not seen for so long is taken for dead. */
const lostAfterMs = 15_000;
const everyMs = 5000;

export async function startHeartbeat(sql: Sql, options: HeartbeatOptions): Promise<Heartbeat> {
  const id = randomUUID();
  const beat = async (): Promise<void> => {
    const facts = options.facts();
    if (facts === null) return;
    await sql`
      insert into processes (id, kind, version, host, facts)
      values (${id}, ${options.kind}, ${options.version}, ${hostname()}, ${sql.json({ ...facts })})
      on conflict (id) do update set seen_at = now(), facts = excluded.facts`;
  };
  let isBeating = false;
  // One at a time, for a database that does not respond answers them all once it is back.
  const beatAlone = async (): Promise<void> => {
    if (isBeating) return;
    isBeating = true;
    await beat().catch(options.onError);
    isBeating = false;
  };
  let beating = beatAlone();
  await beating;
  const timer = setInterval(() => (beating = beatAlone()), everyMs);
  return {
    async stop() {
      clearInterval(timer);
      await beating;
      await sql`update processes set stopped_at = now() where id = ${id}`.catch(options.onError);
    },
  };
}

export interface ProcessRow {
  readonly kind: ProcessKind;
  readonly version: string;
  readonly host: string;
  readonly startedAt: Date;
  readonly seenAt: Date;
  readonly isRunning: boolean;
  readonly facts: ProcessFacts;
}

/** Those that run, and of each kind the last that ran. By the database's clock alone, for each machine has its own. */
export async function readProcesses(q: Queries): Promise<ProcessRow[]> {
  return q<ProcessRow[]>`
    select * from (
      select kind, version, host, started_at as "startedAt", coalesce(stopped_at, seen_at) as "seenAt", facts,
        stopped_at is null and seen_at > now() - ${lostAfterMs} * interval '1 ms' as "isRunning",
        row_number() over (partition by kind order by coalesce(stopped_at, seen_at) desc) as place
      from processes where seen_at > now() - interval '30 days'
    ) p where "isRunning" or place = 1
    order by kind, "startedAt"`;
}
