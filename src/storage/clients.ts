import type { Fragment } from 'postgres';
import type { BalanceModel } from '../domain/rules.js';
import type { StateWord } from '../domain/state-word.js';
import type { Queries, Transaction } from './database.js';
import { readPage, type Page, type PageRequest } from './paging.js';
import { isInStates, stateNow, stateSinceNow } from './state-now.js';
import { visibleClient } from './visible.js';

/** Reading clients (manual 4). Writing them: client-writes.ts. */

export const clientStatuses = ['active', 'stop', 'deleted'] as const;
export type ClientStatus = (typeof clientStatuses)[number];

/** What a caller can set. */
export interface ClientFields {
  readonly name: string;
  readonly resellerId: string;
  readonly managerId: string | null;
  readonly profileId: string | null;
  readonly currency: string;
  readonly balanceModel: BalanceModel;
  /** permanent, a decimal string in the client's currency */
  readonly creditLimit: string;
  readonly status: Exclude<ClientStatus, 'deleted'>;
  readonly billingEmail: string | null;
  /** stands in for the manager's or reseller's e-mail */
  readonly ownerEmail: string | null;
  readonly warningThresholds: readonly string[];
  /** where there is no profile */
  readonly checkEveryMinutes: number;
  readonly timezone: string;
  readonly locale: string;
  readonly paymentTerms: string | null;
  readonly tags: readonly string[];
  /** the client's id in the operator's billing */
  readonly externalId: string | null;
}

/** A client with what the lists show beside it; amounts as PostgreSQL writes them. */
export interface ClientRow extends Omit<ClientFields, 'status'> {
  readonly id: string;
  readonly status: ClientStatus;
  readonly resellerName: string;
  readonly managerName: string | null;
  readonly profileName: string | null;
  readonly openingBalance: string;
  readonly live: string;
  readonly fixed: string;
  /** lent at the instant of reading */
  readonly temporaryCredit: string;
  readonly state: StateWord;
  readonly stateSince: Date;
  readonly lastCheckAt: Date | null;
  readonly nextCheckAt: Date | null;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

function columns(q: Queries, at: Date): Fragment {
  return q`
    c.id, c.name, c.reseller_id as "resellerId", r.name as "resellerName", c.manager_id as "managerId",
    o.name as "managerName", c.profile_id as "profileId", p.name as "profileName", c.currency,
    c.balance_model as "balanceModel", c.credit_limit as "creditLimit", c.status, c.billing_email as "billingEmail",
    c.owner_email as "ownerEmail", c.warning_thresholds as "warningThresholds",
    (c.check_every_ms / 60000.0)::float8 as "checkEveryMinutes", c.timezone, c.locale, c.payment_terms as "paymentTerms",
    c.tags, c.external_id as "externalId", c.version, c.created_at as "createdAt", c.updated_at as "updatedAt",
    b.live, b.fixed, coalesce(t.amount, 0) as "temporaryCredit",
    ${stateNow(q, at)} as state, ${stateSinceNow(q, at)} as "stateSince",
    m.last_check_at as "lastCheckAt", m.next_check_at as "nextCheckAt",
    coalesce((select e.amount from ledger_entries e
      where e.client_id = c.id and e.kind = 'adjustment' and e.external_id = 'opening'), 0) as "openingBalance"`;
}

function joins(q: Queries, at: Date): Fragment {
  return q`
    clients c
    join balances b on b.client_id = c.id
    join monitors m on m.client_id = c.id
    join resellers r on r.id = c.reseller_id
    left join resellers o on o.id = c.manager_id
    left join profiles p on p.id = c.profile_id
    left join temporary_credits t on t.client_id = c.id and t.status in ('scheduled', 'active')
      and t.valid_from <= ${at} and ${at} < t.valid_until`;
}

/** Null when there is none that a caller of `withinId` may see. */
export async function findClient(q: Queries, withinId: string, id: string, atMs: number): Promise<ClientRow | null> {
  const at = new Date(atMs);
  const [row] = await q<ClientRow[]>`
    select ${columns(q, at)} from ${joins(q, at)} where c.id = ${id} and ${visibleClient(q, withinId)}`;
  return row ?? null;
}

/** The same, locked against others who would change it. */
export async function lockClient(
  tx: Transaction,
  withinId: string,
  id: string,
  atMs: number,
): Promise<ClientRow | null> {
  await tx`select 1 from clients where id = ${id} for update`;
  return findClient(tx, withinId, id, atMs);
}

export interface ClientFilter {
  /** beginning of the name, without case */
  readonly name: string | null;
  /** `*` stands for anything, without case */
  readonly billingEmail: string | null;
  /** clients of this reseller and below */
  readonly resellerId: string | null;
  readonly managerId: string | null;
  readonly statuses: readonly ClientStatus[];
  readonly states: readonly StateWord[] | null;
  readonly currency: string | null;
  /** `none`: without one */
  readonly profileId: string | null;
  readonly balanceModel: BalanceModel | null;
  readonly tag: string | null;
  readonly externalId: string | null;
}

export type ClientSort = 'name' | 'id' | 'available' | 'live' | 'fixed' | 'nextCheckAt' | 'createdAt';

export async function listClients(
  q: Queries,
  withinId: string,
  filter: ClientFilter,
  page: PageRequest<ClientSort>,
  atMs: number,
): Promise<Page<ClientRow>> {
  const at = new Date(atMs);
  const wanted = conditions(q, withinId, filter, at);
  return readPage<ClientRow, ClientSort>(q, page, {
    columns: {
      id: { expression: q`c.id`, type: 'bigint' },
      name: { expression: q`lower(c.name)`, type: 'text' },
      available: {
        expression: q`(case c.balance_model when 'unlimited' then 999999999999999 else b.live + c.credit_limit + coalesce(t.amount, 0) end)`,
        type: 'numeric',
      },
      live: { expression: q`b.live`, type: 'numeric' },
      fixed: { expression: q`b.fixed`, type: 'numeric' },
      nextCheckAt: { expression: q`coalesce(m.next_check_at, 'infinity')`, type: 'timestamptz' },
      createdAt: { expression: q`c.created_at`, type: 'timestamptz' },
    },
    select: ({ within, orderBy, limit, position }) => q`
      select ${columns(q, at)}, ${position} as position from ${joins(q, at)}
      where ${wanted} and ${within} order by ${orderBy} limit ${limit}`,
    count: () => q`select count(*)::int as total from clients c where ${wanted}`,
  });
}

function conditions(q: Queries, withinId: string, filter: ClientFilter, at: Date): Fragment {
  const parts: Fragment[] = [q`c.status = any (${filter.statuses as string[]})`];
  if (filter.name !== null) parts.push(q`lower(c.name) like ${`${likeText(filter.name.toLowerCase())}%`}`);
  if (filter.billingEmail !== null) parts.push(q`lower(c.billing_email) like ${wildcards(filter.billingEmail)}`);
  if (filter.resellerId !== null) parts.push(q`c.reseller_id in (${subtree(q, filter.resellerId)})`);
  if (filter.managerId !== null) parts.push(q`c.manager_id = ${filter.managerId}`);
  if (filter.states !== null) parts.push(hasState(q, filter.states, at));
  if (filter.currency !== null) parts.push(q`c.currency = ${filter.currency}`);
  if (filter.profileId === 'none') parts.push(q`c.profile_id is null`);
  else if (filter.profileId !== null) parts.push(q`c.profile_id = ${filter.profileId}`);
  if (filter.balanceModel !== null) parts.push(q`c.balance_model = ${filter.balanceModel}`);
  if (filter.tag !== null) parts.push(q`c.tags @> array[${filter.tag}]`);
  if (filter.externalId !== null) parts.push(q`c.external_id = ${filter.externalId}`);
  return parts.reduce((all, part) => q`${all} and ${part}`, visibleOfMany(q, withinId));
}

/** What `visibleClient` says, for many rows: the subtree is read once instead of asked of for each. */
function visibleOfMany(q: Queries, withinId: string): Fragment {
  return q`(c.reseller_id in (${subtree(q, withinId)}) or c.manager_id in (${subtree(q, withinId)}))`;
}

function subtree(q: Queries, resellerId: string): Fragment {
  return q`select below.id from resellers below where below.path @> array[${resellerId}::bigint]`;
}

function hasState(q: Queries, states: readonly StateWord[], at: Date): Fragment {
  return q`exists (select 1 from monitors m where m.client_id = c.id and ${isInStates(q, at, states)})`;
}

/** What the clients of the example data are tagged with. */
export const demoTag = 'demo';

/** True while the database holds example data. */
export async function hasDemoClients(q: Queries): Promise<boolean> {
  const found = await q`select 1 from clients where tags @> array[${demoTag}] and status <> 'deleted' limit 1`;
  return found.length > 0;
}

/** A text that `like` takes literally. */
function likeText(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}

function wildcards(text: string): string {
  return likeText(text.toLowerCase()).replaceAll('*', '%');
}
