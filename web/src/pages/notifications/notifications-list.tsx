import { readList } from '../../api/lists';
import type { DeliveryOutcome } from '../../api/types';
import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { clientSource } from '../../form/sources';
import { t } from '../../i18n/t';
import type { Facet, ListDefinition, ListPage } from '../../list/definition';
import { Money } from '../../ui/text/Money';
import { OutcomeBadge, outcomeText } from '../../ui/badges/OutcomeBadge';
import { Time } from '../../ui/text/Time';
import { isOfRule, notificationKindLabel, notificationKinds, ruleKinds } from '../../ui/text/notification-kind';
import { identifyRule, ruleAudienceLabel, ruleAudiences } from '../../ui/text/rule-label';
import { countText } from './labels';
import type { NotificationFacets, NotificationItem } from './queries';

const statuses = [
  'sending',
  'retrying',
  'accepted',
  'failed',
  'uncertain',
] as const satisfies readonly DeliveryOutcome[];
/** Addresses that a row has room for. */
const addressesShown = 2;

export const notificationsList: ListDefinition<NotificationItem> = {
  kind: 'notifications',
  name: 'notifications',
  title: 'app.nav.notifications',
  load: (query, signal) => readList('/v1/notifications', query, signal),
  idOf: ({ id }) => id,
  nameOf: ({ subject, clientName }) => `${clientName}: ${subject ?? t('notifications.noSubject')}`,
  sort: '-at',
  search: { parameter: 'q', placeholder: 'notifications.search' },
  include: 'facets',
  facets: facetsOf,
  columns: [
    { id: 'at', label: 'notifications.at', sort: 'at', render: ({ at }) => <Time at={at} format="short" /> },
    { id: 'clientName', label: 'notifications.client', sort: 'clientName', isName: true, render: (m) => m.clientName },
    { id: 'rule', label: 'notifications.rule', sort: 'rule', render: ruleCell },
    { id: 'to', label: 'notifications.recipients', render: recipientsCell },
    { id: 'status', label: 'common.status', sort: 'status', render: (mail) => <StatusCell mail={mail} /> },
    { id: 'number', label: 'notifications.number', sort: 'number', align: 'right', render: countText },
    { id: 'attempts', label: 'notifications.attempts', align: 'right', render: attemptsOf },
    { id: 'subject', label: 'notifications.subject', render: subjectCell },
    {
      id: 'available',
      label: 'notifications.available',
      exportedWith: ['currency'],
      align: 'right',
      optional: true,
      render: availableCell,
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
  ],
  filters: [
    {
      kind: 'choice',
      label: 'notifications.kind',
      parameter: 'kind',
      multiple: true,
      options: () => notificationKinds.map((value) => ({ value, label: notificationKindLabel(value) })),
      // The API shows the mails of rules unless it is asked for others.
      initial: { value: ruleKinds, cleared: 'all' },
    },
    {
      kind: 'choice',
      label: 'common.status',
      parameter: 'status',
      multiple: true,
      options: () => statuses.map((value) => ({ value, label: outcomeText(value) })),
    },
    {
      kind: 'choice',
      label: 'notifications.deliveryStatus',
      parameter: 'deliveryStatus',
      multiple: true,
      options: () => statuses.map((value) => ({ value, label: outcomeText(value) })),
    },
    { kind: 'time', label: 'notifications.at', from: 'from', to: 'to', picks: ['-24h', '-7d', '-30d'] },
    {
      kind: 'choice',
      label: 'notifications.rule',
      parameter: 'rule',
      options: () => ruleAudiences.map((value) => ({ value, label: ruleAudienceLabel(value) })),
    },
    { kind: 'reference', label: 'notifications.client', parameter: 'clientId', ...clientSource },
    { kind: 'text', label: 'notifications.recipient', parameter: 'recipient' },
  ],
};

/** A page of this list carries its facets. */
function facetsOf(page: ListPage<NotificationItem> & { readonly facets?: NotificationFacets }): readonly Facet[] {
  if (!page.facets) return [];
  const { status, kind } = page.facets;
  const countOf = (counts: NotificationFacets['status'], word: string): number =>
    counts.find((one) => one.word === word)?.count ?? 0;
  return [
    {
      parameter: 'status',
      label: 'common.status',
      options: statuses.flatMap((word) => {
        const count = countOf(status, word);
        return count > 0 ? [{ value: word, label: outcomeText(word), count }] : [];
      }),
    },
    {
      parameter: 'kind',
      label: 'notifications.kind',
      options: notificationKinds.flatMap((word) => {
        const count = countOf(kind, word);
        return count > 0 ? [{ value: word, label: notificationKindLabel(word), count }] : [];
      }),
    },
  ];
}

function ruleCell({ kind, rule }: NotificationItem): ReactNode {
  return isOfRule({ kind }) ? ruleAudienceLabel(identifyRule(rule).audience) : notificationKindLabel(kind);
}

function subjectCell({ subject }: NotificationItem): ReactNode {
  const text = subject ?? t('notifications.noSubject');
  return (
    <Text size="sm" truncate maw={170} title={text}>
      {text}
    </Text>
  );
}

function attemptsOf({ deliveries }: NotificationItem): number {
  return deliveries.reduce((sum, { attempts }) => sum + attempts, 0);
}

/** Where deliveries ended differently, each with its own outcome. */
function recipientsCell({ to, deliveries }: NotificationItem): ReactNode {
  const more = to.length - addressesShown;
  const isMixed = new Set(deliveries.map(({ status }) => status)).size > 1;
  const lines = isMixed ? deliveries.map((delivery) => `${delivery.to}: ${outcomeText(delivery.status)}`) : to;
  return (
    <span title={lines.join(', ')}>
      {lines.slice(0, addressesShown).join(', ')}
      {more > 0 && ` ${t('notifications.more', { n: more })}`}
    </span>
  );
}

function StatusCell({ mail }: { readonly mail: NotificationItem }): ReactNode {
  const { status, nextAttemptAt } = mail;
  return (
    <>
      <OutcomeBadge outcome={status} />
      {status === 'retrying' && nextAttemptAt !== null && (
        <Text span size="xs" c="dimmed" ml={6}>
          <Time at={nextAttemptAt} show="relative" />
        </Text>
      )}
    </>
  );
}

function availableCell({ available, currency }: NotificationItem): ReactNode {
  return <Money value={available === null || currency === null ? null : { amount: available, currency }} />;
}
