import { DomainError } from '../errors.js';
import { moneyOf } from '../money.js';

/** The tree of resellers: how deep it is, and what may be below what. */

/** From the operator down, both included. */
export const maxDepth = 10;

/** @throws DomainError `reseller_too_deep` */
export function requireDepth(levels: number, pointer: string): void {
  if (levels <= maxDepth) return;
  throw new DomainError(
    'reseller_too_deep',
    `the tree would have ${levels} levels, and up to ${maxDepth} are possible: choose a parent further up`,
    pointer,
  );
}

/**
 * Whether a reseller may become a child of another one.
 *
 * @param move.levels how many levels the reseller and those below it have
 * @throws DomainError `reseller_cycle`, `reseller_too_deep`
 */
export function requireMovable(move: {
  readonly id: string;
  /** ids from the root down to the new parent */
  readonly parentPath: readonly string[];
  readonly levels: number;
}): void {
  if (move.parentPath.includes(move.id)) {
    throw new DomainError(
      'reseller_cycle',
      'a reseller can’t be below itself or below one of its sub-resellers: choose another parent',
      '/parentId',
    );
  }
  requireDepth(move.parentPath.length + move.levels, '/parentId');
}

/**
 * Credit is an amount of the ledger's currency.
 *
 * @throws DomainError `invalid`
 */
export function requireCurrencyOfCredit({
  currency,
  credit,
}: {
  readonly currency: string | null;
  readonly credit: string;
}): void {
  if (currency !== null || moneyOf(credit) === 0n) return;
  throw new DomainError('invalid', 'must be 0 without a currency: give currency, too', '/credit');
}

/** Those of the old path that are no longer above after a move, the nearest first. */
export function lostAncestors(oldParentPath: readonly string[], newParentPath: readonly string[]): string[] {
  return oldParentPath.filter((id) => !newParentPath.includes(id)).reverse();
}

/** What keeps a reseller from being deleted, each with how many of them there are. */
export interface ResellerUse {
  readonly resellers: number;
  readonly managers: number;
  readonly clients: number;
  readonly companies: number;
  readonly users: number;
  readonly apiKeys: number;
}

const nouns: Readonly<Record<keyof ResellerUse, readonly [one: string, many: string]>> = {
  resellers: ['sub-reseller', 'sub-resellers'],
  managers: ['manager', 'managers'],
  clients: ['client', 'clients'],
  companies: ['company', 'companies'],
  users: ['active user', 'active users'],
  apiKeys: ['API key', 'API keys'],
};

/** @throws DomainError `in_use` with what there is, and how many */
export function requireUnused(use: ResellerUse): void {
  const found = (Object.keys(nouns) as (keyof ResellerUse)[])
    .filter((name) => use[name] > 0)
    .map((name) => `${use[name]} ${nouns[name][use[name] === 1 ? 0 : 1]}`);
  if (found.length === 0) return;
  throw new DomainError(
    'in_use',
    `it still has ${found.join(', ')}: move, delete, disable, or revoke them first`,
    '/path/id',
  );
}

/** A manager has no balance, and the operator has no one above. @throws DomainError */
export function requireLedgerOf(
  { kind, status }: { readonly kind: string; readonly status: string },
  pointer: string,
): void {
  if (kind === 'manager') {
    throw new DomainError(
      'manager_not_permitted',
      'a manager has no balance: record payments and adjustments for the reseller that the manager works for',
      pointer,
    );
  }
  if (kind === 'operator') {
    throw new DomainError('conflict', 'the operator has no ledger: there is no reseller above it', pointer);
  }
  if (status === 'deleted')
    throw new DomainError('conflict', 'the reseller is deleted: its ledger takes no entries', pointer);
}

/** @throws DomainError `manager_not_permitted` */
export function requireNoBalanceOfManager(fields: {
  readonly kind: string;
  readonly currency: string | null;
  readonly credit: string;
}): void {
  if (fields.kind !== 'manager' || (fields.currency === null && moneyOf(fields.credit) === 0n)) return;
  const pointer = fields.currency === null ? '/credit' : '/currency';
  throw new DomainError('manager_not_permitted', 'a manager has no balance: leave out currency and credit', pointer);
}
