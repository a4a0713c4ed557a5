import type { BalanceModel } from '../../domain/monitoring/rules.js';
import type { Queries, Transaction } from '../system/database.js';
import { activeCredit, liveAndCredit } from './available.js';
import { fixed, isLedger, live, sourceInForce, type BalanceSourceKind } from './live-balance.js';
import { visibleClient } from '../system/visible.js';

/** A client's account as it stands at an instant; amounts as PostgreSQL writes them. */
export interface AccountRow {
  readonly clientId: string;
  readonly name: string;
  readonly status: 'active' | 'stop' | 'deleted';
  readonly balanceModel: BalanceModel;
  readonly currency: string;
  readonly resellerId: string;
  /** of the client's row */
  readonly version: number;
  /** null: unknown */
  readonly live: string | null;
  /** null: only a ledger of our own knows */
  readonly fixed: string | null;
  /** where balances come from */
  readonly source: BalanceSourceKind;
  /** when a foreign source was last asked; null: the ledger is read now, or it was not asked yet */
  readonly readAt: Date | null;
  readonly creditLimit: string;
  /** what is lent at the instant, whatever a late worker has recorded */
  readonly temporaryCredit: string;
  /** end of what is lent; null: nothing is */
  readonly temporaryUntil: Date | null;
  readonly lastChargeAt: Date | null;
  readonly lastRefillAt: Date | null;
}

/** Null when there is no such client within the reseller's subtree. */
export async function readAccount(
  q: Queries,
  resellerId: string,
  clientId: string,
  atMs: number,
): Promise<AccountRow | null> {
  const at = new Date(atMs);
  const [row] = await q<AccountRow[]>`
    select c.id as "clientId", c.name, c.status, c.balance_model as "balanceModel", c.currency,
      c.reseller_id as "resellerId", c.version, ${live(q)} as live, ${fixed(q)} as fixed, ${sourceInForce(q)} as source,
      case when not ${isLedger(q)} then b.source_read_at end as "readAt", c.credit_limit as "creditLimit",
      coalesce(t.amount, 0) as "temporaryCredit", t.valid_until as "temporaryUntil",
      b.last_charge_at as "lastChargeAt", b.last_refill_at as "lastRefillAt"
    from clients c
    join balances b on b.client_id = c.id
    ${activeCredit(q, at)}
    where c.id = ${clientId} and ${visibleClient(q, resellerId)}`;
  return row ?? null;
}

/** The same, the client's row locked against others who would change it. A client that is not to be seen is not locked. */
export async function lockAccount(
  tx: Transaction,
  resellerId: string,
  clientId: string,
  atMs: number,
): Promise<AccountRow | null> {
  if (!(await readAccount(tx, resellerId, clientId, atMs))) return null;
  await tx`select 1 from clients where id = ${clientId} for update`;
  return readAccount(tx, resellerId, clientId, atMs);
}

/** The id of a client by the operator's own id for it; null where there is none within the reseller's subtree. */
export async function clientByExternalId(q: Queries, resellerId: string, externalId: string): Promise<string | null> {
  const [row] = await q<{ id: string }[]>`
    select c.id from clients c where c.external_id = ${externalId} and ${visibleClient(q, resellerId)}`;
  return row?.id ?? null;
}

/** What a client has available at an instant by its ledger, which an unlimited client does not need. */
export async function readAvailable(
  q: Queries,
  clientId: string,
  atMs: number,
): Promise<{ readonly available: string; readonly unlimited: boolean; readonly currency: string } | null> {
  const [row] = await q<{ available: string; unlimited: boolean; currency: string }[]>`
    select c.balance_model = 'unlimited' as unlimited, c.currency, ${liveAndCredit(q, q`b.live`)} as available
    from clients c join balances b on b.client_id = c.id ${activeCredit(q, new Date(atMs))}
    where c.id = ${clientId}`;
  return row ?? null;
}
