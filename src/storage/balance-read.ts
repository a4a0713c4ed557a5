import type { BalanceModel } from '../domain/rules.js';
import type { Queries } from './database.js';
import { visibleClient } from './visible.js';

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
  readonly live: string;
  readonly fixed: string;
  readonly creditLimit: string;
  /** what is lent at the instant, whatever a late worker has recorded */
  readonly temporaryCredit: string;
  /** end of what is lent; null: nothing is */
  readonly temporaryUntil: Date | null;
  readonly lastChargeAt: Date | null;
  readonly lastRefillAt: Date | null;
  /** what the monitor last saw, where it has looked */
  readonly checkedAvailable: string | null;
  readonly checkedAt: Date | null;
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
      c.reseller_id as "resellerId", c.version, b.live, b.fixed, c.credit_limit as "creditLimit",
      coalesce(t.amount, 0) as "temporaryCredit", t.valid_until as "temporaryUntil",
      b.last_charge_at as "lastChargeAt", b.last_refill_at as "lastRefillAt",
      m.available as "checkedAvailable", m.last_check_at as "checkedAt"
    from clients c
    join balances b on b.client_id = c.id
    left join monitors m on m.client_id = c.id
    left join temporary_credits t on t.client_id = c.id and t.status in ('scheduled', 'active')
      and t.valid_from <= ${at} and ${at} < t.valid_until
    where c.id = ${clientId} and ${visibleClient(q, resellerId)}`;
  return row ?? null;
}

/** The id of a client by the operator's own id for it; null where there is none within the reseller's subtree. */
export async function clientByExternalId(q: Queries, resellerId: string, externalId: string): Promise<string | null> {
  const [row] = await q<{ id: string }[]>`
    select c.id from clients c where c.external_id = ${externalId} and ${visibleClient(q, resellerId)}`;
  return row?.id ?? null;
}
