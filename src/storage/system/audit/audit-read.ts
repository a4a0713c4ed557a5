import type { Fragment } from 'postgres';
import type { Actor } from '../../../domain/monitoring/state.js';
import { actorName } from '../../access/actor-name.js';
import type { Queries } from '../database.js';
import type { ListQuery } from '../paging.js';
import { containing } from '../../clients/text-match.js';
import { visibleClient, visibleReseller } from '../tenancy.js';

export interface AuditRow {
  readonly id: string;
  readonly at: Date;
  readonly actor: string;
  /** null: not a user, or not visible to the reseller */
  readonly actorName: string | null;
  readonly source: Actor['source'];
  readonly action: string;
  readonly subjectType: string;
  readonly subjectId: string;
  /** of the user or key that it is about, else of the client; null: none, gone, or not to be seen */
  readonly subjectName: string | null;
  readonly clientId: string | null;
  readonly resellerId: string | null;
  readonly reason: string | null;
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly after: Readonly<Record<string, unknown>> | null;
  readonly requestId: string | null;
}

export interface AuditFilter {
  readonly clientId: string | null;
  readonly subjectType: string | null;
  readonly subjectId: string | null;
  readonly action: string | null;
  readonly actor: string | null;
  readonly source: Actor['source'] | null;
  /** logins, logouts, and failed attempts */
  readonly logins: 'include' | 'exclude' | 'only';
  readonly requestId: string | null;
  /** within actor, action, subject or reason, without case */
  readonly q: string | null;
  readonly from: Date | null;
  /** not included */
  readonly to: Date | null;
}

/** Changes within the reseller's subtree; those that concern all resellers, such as rates, are the operator's. */
export function auditList(
  q: Queries,
  caller: { readonly resellerId: string; readonly isOperator: boolean },
  filter: AuditFilter,
): ListQuery<AuditRow, 'id' | 'at'> {
  const wanted = conditions(q, caller, filter);
  return {
    columns: { id: { expression: q`a.id`, type: 'bigint' }, at: { expression: q`a.at`, type: 'timestamptz' } },
    select: ({ within, orderBy, limit, position }) => q`
      select a.id, a.at, a.actor, a.source, a.action, a.subject_type as "subjectType", a.subject_id as "subjectId",
        ${actorName(q, q`a.actor`, caller.resellerId)} as "actorName",
        ${subjectName(q, caller.resellerId)} as "subjectName", a.client_id as "clientId", a.reseller_id as "resellerId", a.reason, a.before, a.after,
        a.request_id as "requestId", ${position} as position
      from audit a where ${wanted} and ${within} order by ${orderBy} limit ${limit}`,
    count: () => q`select count(*)::int as total from audit a where ${wanted}`,
  };
}

/** Null: the id of nothing that is known by a number. */
function subjectId(q: Queries): Fragment {
  return q`(case when a.subject_id ~ '^[0-9]{1,18}$' then a.subject_id::bigint end)`;
}

/** Who sees the entry sees what it is about. */
function subjectName(q: Queries, resellerId: string): Fragment {
  return q`case a.subject_type
    when 'user' then ${actorName(q, q`('user:' || a.subject_id)`, resellerId)}
    when 'api_key' then ${actorName(q, q`('key:' || a.subject_id)`, resellerId)}
    when 'profile' then (select p.name from profiles p where p.id = ${subjectId(q)})
    when 'payment_terms' then (select s.name from payment_terms s where s.id = ${subjectId(q)})
    when 'tax_profile' then (select s.name from tax_profiles s where s.id = ${subjectId(q)})
    when 'invoice_template' then (select s.name from invoice_templates s where s.id = ${subjectId(q)})
    when 'customer_class' then (select s.name from customer_classes s where s.id = ${subjectId(q)})
    when 'client_template' then (select s.name from client_templates s where s.id = ${subjectId(q)})
    when 'rate_table' then (select s.name from rate_tables s where s.id = ${subjectId(q)})
    when 'agreement' then (select s.name from agreements s where s.id = ${subjectId(q)})
    when 'silence' then (select s.comment from silences s where s.id = ${subjectId(q)})
    when 'reseller' then (select r.name from resellers r where r.id = ${subjectId(q)})
    when 'webhook_source' then (select s.name from webhook_sources s where s.id = ${subjectId(q)})
    else (select c.name from clients c where c.id = a.client_id) end`;
}

function conditions(
  q: Queries,
  caller: { readonly resellerId: string; readonly isOperator: boolean },
  filter: AuditFilter,
): Fragment {
  const parts: Fragment[] = [];
  if (filter.clientId !== null) parts.push(q`a.client_id = ${filter.clientId}`);
  if (filter.subjectType !== null) parts.push(q`a.subject_type = ${filter.subjectType}`);
  if (filter.subjectId !== null) parts.push(q`a.subject_id = ${filter.subjectId}`);
  if (filter.action !== null) parts.push(q`a.action = ${filter.action}`);
  if (filter.actor !== null) parts.push(q`a.actor = ${filter.actor}`);
  if (filter.source !== null) parts.push(q`a.source = ${filter.source}`);
  if (filter.logins !== 'include') parts.push(q`(a.action like 'session.%') = ${filter.logins === 'only'}`);
  if (filter.requestId !== null) parts.push(q`a.request_id = ${filter.requestId}`);
  if (filter.q !== null) {
    const subject = q`a.subject_type || ' ' || a.subject_id`;
    const said = q`lower(concat_ws(' ', a.actor, a.action, ${subject}, a.reason))`;
    parts.push(q`${said} like ${containing(filter.q)}`);
  }
  if (filter.from !== null) parts.push(q`a.at >= ${filter.from}`);
  if (filter.to !== null) parts.push(q`a.at < ${filter.to}`);
  return parts.reduce((all, part) => q`${all} and ${part}`, visible(q, caller));
}

function visible(q: Queries, caller: { readonly resellerId: string; readonly isOperator: boolean }): Fragment {
  if (caller.isOperator) return q`true`;
  return q`case
    when a.client_id is not null then exists (
      select 1 from clients c where c.id = a.client_id and ${visibleClient(q, caller.resellerId)})
    else ${visibleReseller(q, q`a.reseller_id`, caller.resellerId)} end`;
}
