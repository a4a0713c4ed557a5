import { DomainError } from '../errors.js';
import { moneyOf } from '../money.js';

/** Which manager a client may have, and what of its resellers it may use, given the reseller that owns it. */

/**
 * @param path ids from the root down to the client's reseller
 * @throws DomainError `not_found` for what is no manager, `conflict` for a manager of another reseller
 */
export function requireManagerOf(
  path: readonly string[],
  id: string,
  manager: { readonly kind: string; readonly parentId: string | null } | null,
): void {
  if (manager?.kind !== 'manager') throw new DomainError('not_found', `there is no manager ${id}`, '/managerId');
  if (manager.parentId === null || !path.includes(manager.parentId)) {
    throw new DomainError(
      'conflict',
      `manager ${id} must work for the client's reseller or for one above it`,
      '/managerId',
    );
  }
}

interface Shared {
  /** within a sentence: `profile` */
  readonly noun: string;
  /** of the field that refers to it */
  readonly pointer: string;
  readonly id: string;
  /** its owner must be this reseller or one above; absent: the client's reseller */
  readonly whose?: string;
  /** null: there is none */
  readonly owner: { readonly resellerId: string; readonly isVisible: boolean } | null;
}

/**
 * A profile, payment terms, and whatever else a reseller has for its clients and those of its sub-resellers.
 *
 * @param path ids from the root down to the client's reseller
 * @throws DomainError `not_found` for one that the requester does not see, `conflict` for one from elsewhere
 */
export function requireSharedOf(path: readonly string[], { noun, pointer, id, owner, whose }: Shared): void {
  if (!owner?.isVisible) throw new DomainError('not_found', `there is no ${noun} ${id}`, pointer);
  if (path.includes(owner.resellerId)) return;
  throw new DomainError(
    'conflict',
    `${noun} ${id} must belong to ${whose ?? "the client's reseller"} or to one above it`,
    pointer,
  );
}

/** An unlimited client has no credit limit, whichever of the two was set last. @throws DomainError `client_unlimited` */
export function requireNoLimitBeside({
  balanceModel,
  creditLimit,
}: {
  readonly balanceModel: string;
  readonly creditLimit: string;
}): void {
  if (balanceModel !== 'unlimited' || moneyOf(creditLimit) === 0n) return;
  throw new DomainError(
    'client_unlimited',
    'must be 0 for a client with "No Limit": set it to 0 in the same request, or keep another balance model',
    '/creditLimit',
  );
}
