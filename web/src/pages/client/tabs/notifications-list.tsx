import { readList } from '../../../api/lists';
import type { components } from '../../../api/schema';
import { t } from '../../../i18n/t';
import type { ListDefinition } from '../../../list/definition';
import { Money } from '../../../ui/text/Money';
import { OutcomeBadge, outcomes, outcomeText } from '../../../ui/badges/OutcomeBadge';
import { Time } from '../../../ui/text/Time';
import { isOfRule, notificationKindLabel } from '../../../ui/text/notification-kind';
import { ruleName } from '../../../ui/text/rule-label';

type ClientNotification = components['schemas']['Notification'];

export const clientNotifications: ListDefinition<ClientNotification> = {
  kind: 'notifications',
  name: 'client-mails',
  title: 'client.tab.notifications',
  sort: '-at',
  exported: false,
  load: (query, signal) => readList('/v1/notifications', query, signal),
  idOf: ({ id }) => id,
  nameOf: (mail) => mail.subject ?? whatOf(mail),
  search: { parameter: 'q', placeholder: 'client.notifications.search' },
  columns: [
    { id: 'at', label: 'client.notifications.at', sort: 'at', render: ({ at }) => <Time at={at} /> },
    { id: 'what', label: 'client.notifications.what', isName: true, render: whatOf },
    { id: 'status', label: 'common.status', render: ({ status }) => <OutcomeBadge outcome={status} /> },
    { id: 'to', label: 'client.notifications.to', render: ({ to }) => to.join(', ') },
    {
      id: 'available',
      label: 'client.balance.available',
      align: 'right',
      render: ({ available, currency }) =>
        available === null || currency === null ? '' : <Money value={{ amount: available, currency }} />,
    },
    {
      id: 'number',
      label: 'client.notifications.number',
      align: 'right',
      render: ({ kind, number, max }) =>
        !isOfRule({ kind })
          ? ''
          : max === null
            ? t('client.rules.countOpen', { sent: number })
            : t('client.rules.countOf', { sent: number, max }),
    },
    {
      id: 'attempts',
      label: 'client.notifications.attempts',
      align: 'right',
      optional: true,
      render: ({ deliveries }) => deliveries.reduce((sum, { attempts }) => sum + attempts, 0),
    },
    { id: 'subject', label: 'client.notifications.subject', optional: true, render: ({ subject }) => subject ?? '' },
  ],
  filters: [
    {
      kind: 'choice',
      label: 'common.status',
      parameter: 'status',
      multiple: true,
      options: () => outcomes.map((status) => ({ value: status, label: outcomeText(status) })),
    },
    { kind: 'time', label: 'client.notifications.at', from: 'from', to: 'to', picks: ['-24h', '-7d', '-30d'] },
  ],
};

function whatOf(mail: ClientNotification): string {
  return isOfRule(mail) ? ruleName(mail.rule) : notificationKindLabel(mail.kind);
}
