import type { Actor } from '../../domain/monitoring/state.js';
import type { Queries } from './database.js';

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
  const clientId = entry.clientId ?? null;
  await tx`
    insert into audit
      (actor, source, action, subject_type, subject_id, client_id, reseller_id, reason, before, after, request_id, update_id)
    values (
      ${entry.actor}, ${entry.source}, ${entry.action}, ${entry.subjectType}, ${entry.subjectId}, ${clientId},
      coalesce(${entry.resellerId ?? null}::bigint, (select reseller_id from clients where id = ${clientId})),
      ${entry.reason ?? null}, ${jsonText(entry.before)}::text::jsonb, ${jsonText(entry.after)}::text::jsonb,
      ${entry.requestId ?? null}, ${entry.updateId ?? null})`;
}

/** Whether an update of the client's monitor was carried out: its audit row is written with what it changes. */
export async function isUpdateRecorded(q: Queries, clientId: string, updateId: string): Promise<boolean> {
  const rows = await q`select 1 from audit where client_id = ${clientId} and update_id = ${updateId} limit 1`;
  return rows.length > 0;
}

function jsonText(value: Readonly<Record<string, unknown>> | null): string | null {
  return value === null ? null : JSON.stringify(value);
}
