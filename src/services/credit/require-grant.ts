import type { CapInput } from '../../contract/temporary-credit.js';
import { isOpenGrant } from '../../domain/credit/grant-steps.js';
import { DomainError } from '../../domain/errors.js';
import type { GrantCap } from '../../domain/grants.js';
import { moneyOf } from '../../domain/money.js';
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
  if (!client) throw new DomainError('not_found', 'there is no such client');
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
  if (!grant) throw new DomainError('not_found', 'there is no such temporary credit');
  if (!isOpenGrant(grant) || grant.validUntil.getTime() <= atMs) {
    throw new DomainError('credit_not_open', 'the temporary credit is over: grant a new one');
  }
  if (ifVersion !== undefined && ifVersion !== grant.version) {
    throw new DomainError('conflict', `the temporary credit was changed meanwhile: it is at version ${grant.version}`);
  }
  return grant;
}

export function toGrantCap(cap: CapInput | undefined): GrantCap {
  return {
    maxAmount: cap?.maxAmount === undefined ? null : moneyOf(cap.maxAmount),
    maxPercent: cap?.maxPercent === undefined ? null : moneyOf(cap.maxPercent),
    maxDays: cap?.maxDays ?? null,
  };
}
