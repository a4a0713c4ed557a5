import { dayMs } from '../../../domain/durations.js';
import type { Queries, Sql } from '../database.js';

/** How long an answer is kept for its Idempotency-Key. */
const idempotencyKeptMs = dayMs;

/** After this time a request that never ended (its process died) no longer holds its key. */
const leaseMs = 60_000;

export interface IdempotentRequest {
  /** `key:7`, `user:3` */
  readonly caller: string;
  /** the Idempotency-Key header */
  readonly key: string;
  readonly operation: string;
  /** SHA-256 of method, address and body */
  readonly hash: Buffer;
  readonly nowMs: number;
  /** carries the request out, unless an earlier attempt without an outcome has one */
  readonly updateId: string;
}

/** What the first request with this key has become. */
export type Claim =
  | {
      readonly kind: 'mine';
      /** that of the request, or of the earlier attempt whose outcome is not known */
      readonly updateId: string;
      /** an earlier attempt with this key has no outcome */
      readonly isOpen: boolean;
    }
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string | null;
    }
  | { readonly kind: 'other' }
  | { readonly kind: 'in_flight' };

interface Row {
  readonly hash: Buffer;
  readonly status: number | null;
  readonly headers: Record<string, string> | null;
  readonly body: string | null;
}

/** Takes the key for this request, or says what the request that has it has become. */
export async function claimIdempotencyKey(sql: Sql, request: IdempotentRequest): Promise<Claim> {
  const { caller, key, operation, hash, nowMs, updateId } = request;
  const dayAgo = new Date(nowMs - idempotencyKeptMs);
  const [taken] = await sql<{ updateId: string }[]>`
    insert into idempotency_keys as known (caller, key, operation, request_hash, update_id, created_at)
    values (${caller}, ${key}, ${operation}, ${hash}, ${updateId}, ${new Date(nowMs)})
    on conflict (caller, key) do update
    set operation = excluded.operation, request_hash = excluded.request_hash, status = null, headers = null, body = null,
        update_id = case when known.created_at <= ${dayAgo} then excluded.update_id else known.update_id end,
        created_at = excluded.created_at
    where known.created_at <= ${dayAgo}
       or (known.status is null and known.created_at <= ${new Date(nowMs - leaseMs)} and known.request_hash = excluded.request_hash)
    returning update_id as "updateId"`;
  if (taken) return { kind: 'mine', updateId: taken.updateId, isOpen: taken.updateId !== updateId };
  const [row] = await sql<Row[]>`
    select request_hash as hash, status, headers, body from idempotency_keys where caller = ${caller} and key = ${key}`;
  // Given up by its holder in this very moment: a repetition gets it.
  if (!row) return { kind: 'in_flight' };
  if (!row.hash.equals(hash)) return { kind: 'other' };
  if (row.status === null) return { kind: 'in_flight' };
  return { kind: 'answered', status: row.status, headers: row.headers ?? {}, body: row.body };
}

/** Keeps the answer of a request that was carried out. */
export async function keepAnswer(
  q: Queries,
  request: IdempotentRequest,
  answer: { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: string | null },
): Promise<void> {
  await q`
    update idempotency_keys
    set status = ${answer.status}, headers = ${JSON.stringify(answer.headers)}::text::jsonb, body = ${answer.body}
    where caller = ${request.caller} and key = ${request.key} and created_at = ${new Date(request.nowMs)}`;
}

/**
 * Leaves the key to a repetition of the same request, which takes up what this attempt may have begun: it is unknown
 * whether it was carried out.
 */
export async function holdIdempotencyKey(q: Queries, request: IdempotentRequest): Promise<void> {
  await q`
    update idempotency_keys set created_at = ${new Date(request.nowMs - leaseMs)}
    where caller = ${request.caller} and key = ${request.key} and status is null and created_at = ${new Date(request.nowMs)}`;
}

/** Gives the key back: the request changed nothing, so it may be sent again. */
export async function releaseIdempotencyKey(q: Queries, request: IdempotentRequest): Promise<void> {
  await q`
    delete from idempotency_keys
    where caller = ${request.caller} and key = ${request.key} and status is null and created_at = ${new Date(request.nowMs)}`;
}
