import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { components } from '../../api/schema';
import { t } from '../../i18n/t';
import { DeliveryOutcomes } from '../../ui/badges/DeliveryOutcomes';
import { OutcomeBadge } from '../../ui/badges/OutcomeBadge';
import { Ways } from '../../ui/badges/Via';
import { SubjectLink } from '../../ui/cells/ClientLink';
import { Truncated } from '../../ui/cells/Truncated';
import { Money } from '../../ui/text/Money';
import { roundAmount } from '../../ui/text/money-text';
import {
  companySideLabel,
  countsTowardRule,
  notificationCount,
  notificationKindLabel,
} from '../../ui/text/notification-kind';
import { ruleName } from '../../ui/text/rule-label';
import { Time } from '../../ui/text/Time';
import type { ListColumn } from '../definition';

/** The columns of every list of notifications: that of all clients and that of one. */

type NotificationItem = components['schemas']['Notification'];

export const notificationColumns: readonly ListColumn<NotificationItem>[] = [
  { id: 'at', label: 'notifications.at', sort: 'at', render: ({ at }) => <Time at={at} format="short" /> },
  { id: 'subject', label: 'notifications.subject', isName: true, grows: true, render: notificationSubject },
  {
    id: 'clientName',
    label: 'notifications.subjectName',
    sort: 'clientName',
    exportedWith: ['companyName'],
    render: subjectCell,
  },
  { id: 'rule', label: 'notifications.rule', sort: 'rule', render: ruleCell },
  {
    id: 'outcomes',
    label: 'notifications.outcomes',
    exportedWith: ['deliveries', 'reasons'],
    render: ({ deliveries }) => <DeliveryOutcomes deliveries={deliveries} />,
  },
  {
    id: 'available',
    label: 'notifications.available',
    exportedWith: ['currency', 'availableConverted'],
    align: 'right',
    render: availableCell,
  },
  {
    id: 'threshold',
    label: 'notifications.threshold',
    exportedWith: ['thresholdCurrency'],
    align: 'right',
    render: ({ threshold, thresholdCurrency }) => amountOf(threshold, thresholdCurrency),
  },
  { id: 'number', label: 'notifications.number', sort: 'number', align: 'right', render: notificationCount },
  {
    id: 'to',
    label: 'notifications.recipients',
    optional: true,
    render: ({ to }) => <Truncated text={to.join(', ')} width={260} />,
  },
  {
    id: 'via',
    label: 'notifications.via',
    optional: true,
    render: ({ deliveries }) => <Ways of={deliveries.map(({ channel }) => channel?.kind ?? 'email')} />,
  },
  {
    id: 'status',
    label: 'common.status',
    sort: 'status',
    optional: true,
    render: ({ status }) => <OutcomeBadge outcome={status} />,
  },
  {
    id: 'attempts',
    label: 'notifications.attempts',
    align: 'right',
    optional: true,
    render: ({ deliveries }) => deliveries.reduce((sum, { attempts }) => sum + attempts, 0),
  },
  {
    id: 'profileName',
    label: 'notifications.profile',
    optional: true,
    render: ({ profileName }) => profileName && <Truncated text={profileName} />,
  },
  { id: 'kind', label: 'notifications.kind', optional: true, render: ({ kind }) => notificationKindLabel(kind) },
  {
    id: 'acceptedAt',
    label: 'notifications.acceptedAt',
    optional: true,
    render: ({ acceptedAt }) => <Time at={acceptedAt} format="short" none="" />,
  },
  {
    id: 'nextAttemptAt',
    label: 'notifications.nextAttempt',
    optional: true,
    render: ({ nextAttemptAt }) => <Time at={nextAttemptAt} show="relative" none="" />,
  },
  {
    id: 'messageId',
    label: 'notifications.messageId',
    optional: true,
    render: ({ deliveries }) => deliveries.map(({ messageId }) => messageId).join(' '),
  },
  { id: 'id', label: 'notifications.id', sort: 'id', optional: true, render: ({ id }) => id },
];

/** What the email says in its subject; before it is created, nothing. */
export function notificationSubject({ subject }: Pick<NotificationItem, 'subject'>): string {
  return subject ?? t('notifications.noSubject');
}

/** The client or the company. */
function subjectCell({ clientId, clientName, companyId, companyName }: NotificationItem): ReactNode {
  return (
    <SubjectLink
      to={companyId === null ? `/clients/${clientId}` : `/companies/${companyId}`}
      name={clientName ?? companyName ?? ''}
      width={180}
    />
  );
}

/** The rule or the side of a company; what is about neither goes by its kind. */
function ruleCell(notification: NotificationItem): ReactNode {
  const { kind, rule } = notification;
  const name = countsTowardRule(notification) ? ruleName(rule) : companySideLabel(rule);
  return <Truncated text={name ?? notificationKindLabel(kind)} width={160} />;
}

/** As decided; below it the amount that was compared with the threshold, where that has another currency. */
function availableCell(notification: NotificationItem): ReactNode {
  const { available, currency, availableConverted, threshold, thresholdCurrency } = notification;
  if (availableConverted === null || thresholdCurrency === null) return amountOf(available, currency);
  const amount = roundAmount(availableConverted, threshold ?? '0', thresholdCurrency);
  return (
    <>
      {amountOf(available, currency)}
      <Text size="xs" c="dimmed">
        ≈ <Money value={{ amount, currency: thresholdCurrency }} />
      </Text>
    </>
  );
}

function amountOf(amount: string | null, currency: string | null): ReactNode {
  return amount === null || currency === null ? '' : <Money value={{ amount, currency }} />;
}
