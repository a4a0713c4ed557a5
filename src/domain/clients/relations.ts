import { DomainError } from '../errors.js';

/** Who may look after a client, and which profiles it may have, given the reseller that owns it. */

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
      `manager ${id} does not work for the client's reseller or for one above it`,
      '/managerId',
    );
  }
}

/**
 * @param path ids from the root down to the client's reseller
 * @throws DomainError `not_found` for a profile that the requester does not see, `conflict` for one from elsewhere
 */
export function requireProfileOf(
  path: readonly string[],
  id: string,
  profile: { readonly resellerId: string; readonly isVisible: boolean } | null,
): void {
  if (!profile?.isVisible) throw new DomainError('not_found', `there is no profile ${id}`, '/profileId');
  if (!path.includes(profile.resellerId)) {
    throw new DomainError('conflict', `profile ${id} belongs to a reseller that is not above the client`, '/profileId');
  }
}
