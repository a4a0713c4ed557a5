import type { Fragment } from 'postgres';
import { actorName } from '../../access/actor-name.js';
import type { Queries, Sql } from '../database.js';
import type { ListQuery } from '../paging.js';
import { visibleReseller } from '../tenancy.js';

/** Requests of the API as they were answered. */

interface RequestFields {
  readonly requestId: string;
  readonly at: Date;
  readonly method: string;
  /** without the query */
  readonly path: string;
  /** null: there is nothing under this address */
  readonly operation: string | null;
  readonly status: number;
  readonly durationMs: number;
  /** null: unknown */
  readonly caller: string | null;
  readonly resellerId: string | null;
  readonly keyPrefix: string | null;
  readonly idempotencyKey: string | null;
  readonly address: string | null;
}

export interface LoggedRequest extends RequestFields {
  readonly requestBody: string | null;
  readonly answerBody: string | null;
}

export async function insertRequests(sql: Sql, requests: readonly LoggedRequest[]): Promise<void> {
  const rows = requests.map((request) => ({
    request_id: request.requestId,
    at: request.at,
    method: request.method,
    path: request.path,
    operation: request.operation,
    status: request.status,
    duration_ms: request.durationMs,
    caller: request.caller,
    reseller_id: request.resellerId,
    key_prefix: request.keyPrefix,
    idempotency_key: request.idempotencyKey,
    address: request.address,
    request_body: request.requestBody,
    answer_body: request.answerBody,
  }));
  await sql`insert into request_log ${sql(rows)}`;
}

/** What is known only when it is read. */
interface Read {
  readonly id: string;
  /** null: unknown, deleted, or not visible to the reseller */
  readonly callerName: string | null;
}

export type RequestItem = RequestFields & Read;
export type RequestRow = LoggedRequest & Read;

export const statusClasses = ['2xx', '3xx', '4xx', '5xx'] as const;

interface RequestFilter {
  readonly method: readonly string[] | null;
  readonly status: readonly (typeof statusClasses)[number][] | null;
  readonly operation: string | null;
  readonly caller: string | null;
  readonly requestId: string | null;
  /** with what the web page read in the session of a user, as long as it went well */
  readonly pageReads: boolean;
  /** somewhere in the path */
  readonly q: string | null;
  readonly from: Date | null;
  /** not included */
  readonly to: Date | null;
}

type Viewer = { readonly resellerId: string; readonly isOperator: boolean };

/** Requests of callers within the subtree; those of unknown callers are the operator's. Bodies are left out. */
export function requestList(q: Queries, viewer: Viewer, filter: RequestFilter): ListQuery<RequestItem, 'id'> {
  const wanted = conditions(q, viewer, filter);
  return {
    columns: { id: { expression: q`l.id`, type: 'bigint' } },
    select: ({ within, orderBy, limit, position }) => q`
      select ${columns(q, viewer.resellerId)}, ${position} as position from request_log l
      where ${wanted} and ${within} order by ${orderBy} limit ${limit}`,
    count: () => q`select count(*)::int as total from request_log l where ${wanted}`,
  };
}

/** The last with this id, for a caller may use one again; null: none within the subtree. */
export async function findRequest(q: Queries, viewer: Viewer, requestId: string): Promise<RequestRow | null> {
  const [row] = await q<RequestRow[]>`
    select ${columns(q, viewer.resellerId)}, l.request_body as "requestBody", l.answer_body as "answerBody" from request_log l
    where l.request_id = ${requestId} and ${visible(q, viewer)}
    order by l.id desc limit 1`;
  return row ?? null;
}

function conditions(q: Queries, viewer: Viewer, filter: RequestFilter): Fragment {
  const parts: Fragment[] = [];
  if (filter.method !== null) parts.push(q`l.method = any (${[...filter.method]})`);
  if (filter.status !== null) {
    parts.push(q`l.status / 100 = any (${filter.status.map((group) => Number(group[0]))}::int[])`);
  }
  if (filter.operation !== null) parts.push(q`l.operation = ${filter.operation}`);
  if (filter.caller !== null) parts.push(q`l.caller = ${filter.caller}`);
  if (filter.requestId !== null) parts.push(q`l.request_id = ${filter.requestId}`);
  // By its id, every request is found.
  if (!filter.pageReads && filter.requestId === null) {
    parts.push(q`not (l.method = 'GET' and l.status < 400 and coalesce(l.caller, '') like 'user:%')`);
  }
  if (filter.q !== null) parts.push(q`position(lower(${filter.q}) in lower(l.path)) > 0`);
  if (filter.from !== null) parts.push(q`l.at >= ${filter.from}`);
  if (filter.to !== null) parts.push(q`l.at < ${filter.to}`);
  return parts.reduce((all, part) => q`${all} and ${part}`, visible(q, viewer));
}

function visible(q: Queries, viewer: Viewer): Fragment {
  return viewer.isOperator ? q`true` : visibleReseller(q, q`l.reseller_id`, viewer.resellerId);
}

function columns(q: Queries, resellerId: string): Fragment {
  return q`l.id, l.request_id as "requestId", l.at, l.method, l.path, l.operation, l.status,
    ${actorName(q, q`l.caller`, resellerId)} as "callerName",
    round(l.duration_ms::numeric, 2)::float8 as "durationMs", l.caller, l.reseller_id as "resellerId", l.key_prefix as "keyPrefix",
    l.idempotency_key as "idempotencyKey", l.address`;
}
