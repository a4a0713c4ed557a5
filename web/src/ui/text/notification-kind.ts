import { notificationKinds as kinds } from '../../api/kinds';
import type { components } from '../../api/schema';
import type { NotificationKind } from '../../api/types';
import { isKey, t } from '../../i18n/t';

/** Every kind of the API, in the order in which filters show them. */
export const notificationKinds = Object.keys(kinds) as readonly NotificationKind[];

/** The compiler refuses a kind that has no text. */
export const notificationKindLabel = (kind: NotificationKind): string => t(`notifications.kind.${kind}`);

/** True for notifications of rules: they have a count and a place in the rules' history. */
export const countsTowardRule = ({ kind }: { readonly kind: NotificationKind }): boolean =>
  kinds[kind].cause === 'rule';

/** Of every kind that has templates, also of those that are no notifications of clients. */
export function mailKindLabel(kind: string): string {
  const key = `notifications.kind.${kind}`;
  return isKey(key) ? t(key) : kind;
}

/** `2 of 3`; what comes without a count has none. */
export function notificationCount(
  notification: Pick<components['schemas']['Notification'], 'kind' | 'number' | 'max'>,
): string {
  const { number, max } = notification;
  if (!countsTowardRule(notification)) return '';
  return max === null ? t('notifications.count.unlimited', { number }) : t('notifications.count', { number, max });
}

/** Sides of a company, each with its own threshold. */
export const companySides = ['their', 'our', 'mutual'] as const;

/** The balance of a company that a notification is about; what is about a client has none. */
export function companySideLabel(rule: string): string | null {
  const side = companySides.find((name) => name === rule);
  return side ? t(`notifications.side.${side}`) : null;
}

/** What lists and charts show unless other kinds are chosen, as the parameter `kind` takes it. */
export const ruleKinds = notificationKinds
  .filter((kind) => countsTowardRule({ kind }) || kinds[kind].cause === 'company')
  .join(',');
