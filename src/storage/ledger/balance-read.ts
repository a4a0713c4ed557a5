import type { BalanceModel } from '../../domain/monitoring/rules.js';
import type { Queries, Transaction } from '../system/database.js';
import { activeCredit } from './available.js';
import { fixed, isLedger, lastKnown, live, sourceInForce, type BalanceSourceKind } from './live-balance.js';
import { visibleClient } from '../system/tenancy.js';

/** A client's account at an instant; amounts as PostgreSQL writes them. */
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
  /** while the balance is unknown, the last that was known; null: none was */
  readonly lastKnownLive: string | null;
  readonly lastKnownAt: Date | null;
  /** null: only a ledger of our own knows */
  readonly fixed: string | null;
  /** payments and credit notes that no invoice has used, and what is due by invoices: fixed is their difference */
  readonly unallocated: string;
  readonly outstanding: string;
  /** up to where the client is invoiced; null: nothing is */
  readonly invoicedUntil: Date | null;
  /** when its next period is invoiced without being asked for; null: it is not */
  readonly nextInvoiceAt: Date | null;
  /** where balances come from */
  readonly source: BalanceSourceKind;
  /** when a foreign source was last asked; null: the ledger is read now, or it was not asked yet */
  readonly readAt: Date | null;
  readonly creditLimit: string;
  /** temporary credit that is active at the instant, whatever a late worker has recorded */
  readonly temporaryCredit: string;
  /** end of the active temporary credit; null: none */
  readonly temporaryUntil: Date | null;
  readonly lastChargeAt: Date | null;
  readonly lastRefillAt: Date | null;
}

/** Null when the client does not exist within the reseller's subtree. */
export async function readAccount(
  q: Queries,
  resellerId: string,
  clientId: string,
  atMs: number,
): Promise<AccountRow | null> {
  const at = new Date(atMs);
  const [row] = await q<AccountRow[]>`
    select c.id as "clientId", c.name, c.status, c.balance_model as "balanceModel", c.currency,
      c.reseller_id as "resellerId", c.version, ${live(q)} as live, ${fixed(q)} as fixed, b.unallocated, b.outstanding,
      b.invoiced_until as "invoicedUntil", b.next_invoice_at as "nextInvoiceAt", ${lastKnown(q)}, ${sourceInForce(q)} as source,
      case when not ${isLedger(q)} then b.source_read_at end as "readAt", c.credit_limit as "creditLimit",
      coalesce(t.amount, 0) as "temporaryCredit", t.valid_until as "temporaryUntil",
      b.last_charge_at as "lastChargeAt", b.last_refill_at as "lastRefillAt"
    from clients c
    join balances b on b.client_id = c.id
    ${activeCredit(q, at)}
    where c.id = ${clientId} and ${visibleClient(q, resellerId)}`;
  return row ?? null;
}

/**
 * The same, the client's row locked against others who would change it. A client that is not to be seen is not locked.
 */
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
