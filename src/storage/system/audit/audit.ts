import type { Actor } from '../../../domain/monitoring/state.js';
import type { Queries } from '../database.js';

/** One change: who, through what, why, before and after. */
export interface AuditEntry {
  /** `key:<id>`, `user:<id>`, `temporal`, `system` */
  readonly actor: string;
  readonly source: Actor['source'];
  /** `<resource>.<verb>`, such as `client.update` */
  readonly action: string;
  readonly subjectType: string;
  readonly subjectId: string;
  /** the client that the change concerns; its reseller is looked up */
  readonly clientId?: string | null;
  /** where no client is concerned: whose change it is, which decides who may read of it */
  readonly resellerId?: string | null;
  readonly reason?: string | null;
  /** plain values as a page shows them, without secrets; null: did not exist */
  readonly before: Readonly<Record<string, unknown>> | null;
  /** null: exists no longer */
  readonly after: Readonly<Record<string, unknown>> | null;
  readonly requestId?: string | null;
  /** the update of a monitor that makes the change; see `isUpdateRecorded` */
  readonly updateId?: string | null;
}

/** Writes one row; call it in the transaction of the change, so that neither is without the other. */
export async function writeAudit(tx: Queries, entry: AuditEntry): Promise<void> {
  await writeAuditRows(tx, [entry]);
}

const rowsPerStatement = 1000;

/** The same for many, in few statements. */
export async function writeAuditRows(tx: Queries, entries: readonly AuditEntry[]): Promise<void> {
  for (let from = 0; from < entries.length; from += rowsPerStatement) {
    const rows = entries.slice(from, from + rowsPerStatement).map(rowOf);
    await tx`
      insert into audit
        (actor, source, action, subject_type, subject_id, client_id, reseller_id, reason, before, after, request_id, update_id)
      select n.actor, n.source, n.action, n.subject_type, n.subject_id, n.client_id,
        coalesce(n.reseller_id, (select c.reseller_id from clients c where c.id = n.client_id)), n.reason, n.before, n.after,
        n.request_id, n.update_id
      from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as n(
        place integer, actor text, source text, action text, subject_type text, subject_id text, client_id bigint,
        reseller_id bigint, reason text, before jsonb, after jsonb, request_id text, update_id text)
      order by n.place`;
  }
}

function rowOf(entry: AuditEntry, place: number): Readonly<Record<string, unknown>> {
  return {
    place,
    actor: entry.actor,
    source: entry.source,
    action: entry.action,
    subject_type: entry.subjectType,
    subject_id: entry.subjectId,
    client_id: entry.clientId ?? null,
    reseller_id: entry.resellerId ?? null,
    reason: entry.reason ?? null,
    before: entry.before,
    after: entry.after,
    request_id: entry.requestId ?? null,
    update_id: entry.updateId ?? null,
  };
}

/** Whether an update of the client's monitor was carried out: its audit row is written with what it changes. */
export async function isUpdateRecorded(q: Queries, clientId: string, updateId: string): Promise<boolean> {
  const rows = await q`select 1 from audit where client_id = ${clientId} and update_id = ${updateId} limit 1`;
  return rows.length > 0;
}
