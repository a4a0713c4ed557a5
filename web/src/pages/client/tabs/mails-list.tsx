import { api, take } from '../../../api/client';
import type { components } from '../../../api/schema';
import { t } from '../../../i18n/t';
import type { ListDefinition } from '../../../list/definition';
import { Money } from '../../../ui/text/Money';
import { OutcomeBadge, outcomeText } from '../../../ui/badges/OutcomeBadge';
import { Time } from '../../../ui/text/Time';
import { isOfRule, notificationKindLabel } from '../../../ui/text/notification-kind';
import { ruleName } from '../../../ui/text/rule-label';

type Mail = components['schemas']['Notification'];
const statuses = ['sending', 'retrying', 'accepted', 'failed', 'uncertain'] as const;

export const mails: ListDefinition<Mail> = {
  kind: 'notifications',
  name: 'client-mails',
  title: 'client.tab.mails',
  sort: '-at',
  exported: false,
  load: (query, signal) => take(api.GET('/v1/notifications', { params: { query }, signal })),
  idOf: ({ id }) => id,
  nameOf: (mail) => mail.subject ?? whatOf(mail),
  search: { parameter: 'q', placeholder: 'client.mails.search' },
  columns: [
    { id: 'at', label: 'client.mails.at', sort: 'at', render: ({ at }) => <Time at={at} /> },
    { id: 'what', label: 'client.mails.what', isName: true, render: whatOf },
    { id: 'status', label: 'common.status', render: ({ status }) => <OutcomeBadge outcome={status} /> },
    { id: 'to', label: 'client.mails.to', render: ({ to }) => to.join(', ') },
    {
      id: 'available',
      label: 'client.balance.available',
      align: 'right',
      render: ({ available, currency }) =>
        available === null || currency === null ? '' : <Money value={{ amount: available, currency }} />,
    },
    {
      id: 'number',
      label: 'client.mails.number',
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
      label: 'client.mails.attempts',
      align: 'right',
      optional: true,
      render: ({ deliveries }) => deliveries.reduce((sum, { attempts }) => sum + attempts, 0),
    },
    { id: 'subject', label: 'client.mails.subject', optional: true, render: ({ subject }) => subject ?? '' },
  ],
  filters: [
    {
      kind: 'choice',
      label: 'common.status',
      parameter: 'status',
      multiple: true,
      options: () => statuses.map((status) => ({ value: status, label: outcomeText(status) })),
    },
    { kind: 'time', label: 'client.mails.at', from: 'from', to: 'to', picks: ['-24h', '-7d', '-30d'] },
  ],
};

function whatOf(mail: Mail): string {
  return isOfRule(mail) ? ruleName(mail.rule) : notificationKindLabel(mail.kind);
}
