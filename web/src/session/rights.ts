import type { operations } from '../api/schema';
import { t } from '../i18n/t';
import { useSession } from './session';

/** An operation of the API by its operationId. */
export type OperationId = keyof operations | (string & {});

export interface Right {
  readonly allowed: boolean;
  /** why not, for the tooltip of a control that is disabled */
  readonly reason: string | null;
}

/**
 * Asks what the user may do. A page that the user's scopes do not reach is absent; a control whose right is missing is
 * disabled and says why (`useRight`, `ActionButton`).
 *
 * @example const can = useCan(); can('createProfile')
 */
export function useCan(): (operation: OperationId) => boolean {
  const permissions = useSession()?.user.permissions ?? [];
  return (operation) => permissions.includes(operation);
}

export function useRight(operation: OperationId): Right {
  const role = useSession()?.user.role ?? null;
  const allowed = useCan()(operation);
  const reason = allowed
    ? null
    : t('session.noRight', { role: role ? t(`session.role.${role}`) : t('common.unknown') });
  return { allowed, reason };
}
