import type { CapInput } from '../../contract/temporary-credit.js';
import { isOpenGrant } from '../../domain/credit/grant-steps.js';
import { DomainError } from '../../domain/errors.js';
import type { CreditLimit, GrantCap } from '../../domain/credit/grants.js';
import { moneyOf, moneyWithCurrency } from '../../domain/money.js';
import {
  findGrant,
  lockCreditClient,
  type CreditClient,
  type GrantRow,
} from '../../storage/credit/temporary-credit-rows.js';
import type { Transaction } from '../../storage/system/database.js';

/** What temporary credits take from the configuration. */
export interface GrantSettings {
  readonly warningHours: number;
}

/** The client, its row locked. @throws DomainError `not_found` */
export async function requireCreditClient(tx: Transaction, clientId: string): Promise<CreditClient> {
  const client = await lockCreditClient(tx, clientId);
  if (!client)
    throw new DomainError('not_found', 'the client does not exist, or you don’t have access to it', '/path/id');
  return client;
}

/**
 * A temporary credit that is not over.
 *
 * @throws DomainError `not_found`, `credit_not_open`, `conflict` (another version than `ifVersion`)
 */
export async function requireOpenGrant(
  tx: Transaction,
  clientId: string,
  { grantId, ifVersion }: { readonly grantId: string; readonly ifVersion?: number },
  atMs: number,
): Promise<GrantRow> {
  const grant = await findGrant(tx, clientId, grantId);
  if (!grant)
    throw new DomainError(
      'not_found',
      'the temporary credit does not exist, or you don’t have access to it',
      '/path/id',
    );
  if (!isOpenGrant(grant) || grant.validUntil.getTime() <= atMs) {
    throw new DomainError('credit_not_open', 'the temporary credit has ended: grant a new one', '/path/id');
  }
  if (ifVersion !== undefined && ifVersion !== grant.version) {
    throw new DomainError(
      'conflict',
      `someone else changed the temporary credit: read it again, it is at version ${grant.version}`,
    );
  }
  return grant;
}

/** @throws DomainError `credit_exists` for one that is not over */
export function refuseOpenGrant(open: GrantRow | null, atMs: number): void {
  if (!open || open.validUntil.getTime() <= atMs) return;
  throw new DomainError(
    'credit_exists',
    `a temporary credit of ${moneyWithCurrency(moneyOf(open.amount), open.currency)} is ${open.status} until ${open.validUntil.toISOString()}: change or cancel it first`,
    '/path/id',
  );
}

export function toCreditLimit(client: CreditClient): CreditLimit {
  return {
    amount: moneyOf(client.creditLimit),
    currency: client.currency,
    isPrepaid: client.balanceModel === 'prepaid',
  };
}

export function toGrantCap(cap: CapInput | undefined): GrantCap {
  return {
    maxAmount: cap?.maxAmount === undefined ? null : moneyOf(cap.maxAmount),
    maxPercent: cap?.maxPercent === undefined ? null : moneyOf(cap.maxPercent),
    maxDays: cap?.maxDays ?? null,
  };
}
