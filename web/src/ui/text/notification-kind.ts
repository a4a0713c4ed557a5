import { membersOf, type NotificationKind } from '../../api/types';
import { t, type Key } from '../../i18n/t';

const labels: Readonly<Record<NotificationKind, Key>> = {
  low_balance: 'notifications.kind.low_balance',
  low_funds_warning: 'notifications.kind.low_funds_warning',
  credit_granted: 'notifications.kind.credit_granted',
  credit_extended: 'notifications.kind.credit_extended',
  credit_reduced: 'notifications.kind.credit_reduced',
  credit_cancelled: 'notifications.kind.credit_cancelled',
  credit_expiring: 'notifications.kind.credit_expiring',
  credit_reverted: 'notifications.kind.credit_reverted',
};

/** Every kind of the API, in the order in which filters show them. */
export const notificationKinds = membersOf<NotificationKind>(labels);

export const notificationKindLabel = (kind: NotificationKind): string => t(labels[kind]);

/** True for notifications of rules: they have a count and a place in the rules' history. */
export const isOfRule = ({ kind }: { readonly kind: NotificationKind }): boolean =>
  kind === 'low_balance' || kind === 'low_funds_warning';

/** What lists and charts show unless other kinds are chosen, as the parameter `kind` takes it. */
export const ruleKinds = notificationKinds.filter((kind) => isOfRule({ kind })).join(',');
