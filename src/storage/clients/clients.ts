import type { Fragment } from 'postgres';
import type { UnhealthyReason } from '../../domain/monitoring/monitor-health.js';
import type { BalanceModel } from '../../domain/monitoring/rules.js';
import type { ClientState } from '../../domain/monitoring/client-state.js';
import type { Queries, Transaction } from '../system/database.js';
import {
  clientTables,
  headroom,
  headroomPercent,
  mailFailing,
  nearestThreshold,
  recipientMissing,
} from './client-measures.js';
import { fixed, live, sourceInForce, type BalanceSourceKind } from '../ledger/live-balance.js';
import { isOverdue, stateNow, stateSinceNow, unhealthyReason } from '../monitoring/state-now.js';
import { visibleClient } from '../system/visible.js';

/** Reads a client (docs/manuals.md#clients). Listing them: client-list.ts; writing them: client-writes.ts. */

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
  /** null: unknown */
  readonly live: string | null;
  /** null: only a ledger of our own knows */
  readonly fixed: string | null;
  /** where balances come from */
  readonly source: BalanceSourceKind;
  /** lent at the instant of reading */
  readonly temporaryCredit: string;
  /** end of what is lent; null: nothing is */
  readonly temporaryUntil: Date | null;
  /** the highest threshold that applies, in the client's currency; null: none does */
  readonly nearestThreshold: string | null;
  /** available less the nearest threshold */
  readonly headroom: string | null;
  /** the same in percent of the threshold; null also where that is 0 */
  readonly headroomPercent: string | null;
  /** the trigger `note_delivery_outcome` writes it */
  readonly lastNoticeAt: Date | null;
  readonly lastChargeAt: Date | null;
  readonly recipientMissing: boolean;
  readonly mailFailing: boolean;
  readonly overdue: boolean;
  /** null: healthy */
  readonly unhealthyReason: UnhealthyReason | null;
  readonly state: ClientState;
  readonly stateSince: Date;
  readonly lastCheckAt: Date | null;
  readonly nextCheckAt: Date | null;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** Of the tables that `clientTables` names. */
export function clientColumns(q: Queries, at: Date): Fragment {
  return q`
    c.id, c.name, c.reseller_id as "resellerId", r.name as "resellerName", c.manager_id as "managerId",
    o.name as "managerName", c.profile_id as "profileId", p.name as "profileName", c.currency,
    c.balance_model as "balanceModel", c.credit_limit as "creditLimit", c.status, c.billing_email as "billingEmail",
    c.owner_email as "ownerEmail", c.warning_thresholds as "warningThresholds",
    (c.check_every_ms / 60000.0)::float8 as "checkEveryMinutes", c.timezone, c.locale, c.payment_terms as "paymentTerms",
    c.tags, c.external_id as "externalId", c.version, c.created_at as "createdAt", c.updated_at as "updatedAt",
    ${live(q)} as live, ${fixed(q)} as fixed, ${sourceInForce(q)} as source, coalesce(t.amount, 0) as "temporaryCredit", t.valid_until as "temporaryUntil",
    ${stateNow(q, at)} as state, ${stateSinceNow(q, at)} as "stateSince",
    m.last_check_at as "lastCheckAt", m.next_check_at as "nextCheckAt", ${isOverdue(q, at)} as overdue,
    ${unhealthyReason(q, at)} as "unhealthyReason",
    ${nearestThreshold(q)} as "nearestThreshold", ${headroom(q)} as headroom, ${headroomPercent(q)} as "headroomPercent",
    m.last_notice_at as "lastNoticeAt", b.last_charge_at as "lastChargeAt", ${recipientMissing(q)} as "recipientMissing",
    ${mailFailing(q)} as "mailFailing",
    coalesce((select e.amount from ledger_entries e
      where e.client_id = c.id and e.kind = 'adjustment' and e.external_id = 'opening'), 0) as "openingBalance"`;
}

/** Null when there is none that a caller of `withinId` may see. */
export async function findClient(q: Queries, withinId: string, id: string, atMs: number): Promise<ClientRow | null> {
  const at = new Date(atMs);
  const [row] = await q<ClientRow[]>`
    select ${clientColumns(q, at)} from ${clientTables(q, at)} where c.id = ${id} and ${visibleClient(q, withinId)}`;
  return row ?? null;
}

/** The client's reseller and status, read for the system itself and not for a caller; null: there is no client. */
export async function readClientOwner(
  q: Queries,
  id: string,
): Promise<{ readonly resellerId: string; readonly status: ClientStatus } | null> {
  const [row] = await q<{ resellerId: string; status: ClientStatus }[]>`
    select reseller_id as "resellerId", status from clients where id = ${id}`;
  return row ?? null;
}

/** As `findClient`, locked against others who would change it. */
export async function lockClient(
  tx: Transaction,
  withinId: string,
  id: string,
  atMs: number,
): Promise<ClientRow | null> {
  await tx`select 1 from clients where id = ${id} for update`;
  return findClient(tx, withinId, id, atMs);
}

/** What the clients of the example data are tagged with. */
const demoTag = 'demo';

/** True while the database holds example data. */
export async function hasDemoClients(q: Queries): Promise<boolean> {
  const found = await q`select 1 from clients where tags @> array[${demoTag}] and status <> 'deleted' limit 1`;
  return found.length > 0;
}
