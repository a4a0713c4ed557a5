import type { AccountKind, AccountStatus } from '../../domain/accounts/accounts.js';
import type { Queries } from '../system/database.js';
import { ownedBy } from '../system/tenancy.js';

export interface ChargeDay {
  /** in the client's time zone, `2026-03-31` */
  readonly day: string;
  readonly amount: string;
}

/** What was charged on each day from `from` to `to`, both inclusive; days without charges are left out. */
export function readChargeDays(q: Queries, clientId: string, from: string, to: string): Promise<ChargeDay[]> {
  return q<ChargeDay[]>`
    select to_char(d.day, 'YYYY-MM-DD') as day, d.amount from charge_days d
    where ${ownedBy(q, q`d.client_id`, clientId)} and d.day between ${from}::date and ${to}::date order by d.day desc`;
}

export interface PanelAccountRow {
  readonly id: string;
  readonly externalId: string;
  readonly kind: AccountKind;
  readonly status: AccountStatus;
  readonly balance: string;
  readonly creditLimit: string;
}

/** The accounts of the client that are not closed, by their names. */
export function readPanelAccounts(q: Queries, clientId: string, limit: number): Promise<PanelAccountRow[]> {
  return q<PanelAccountRow[]>`
    select a.id, a.external_id as "externalId", a.kind, a.status, a.balance, a.credit_limit as "creditLimit"
    from accounts a where ${ownedBy(q, q`a.client_id`, clientId)} and a.status <> 'closed'
    order by lower(a.external_id), a.id limit ${limit}`;
}
