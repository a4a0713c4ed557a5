import { Anchor, Text } from '@mantine/core';
import { IconMailOff } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { readList } from '../../api/lists';
import type { components } from '../../api/schema';
import { channelSource, currencySource, resellerSource } from '../../form/sources';
import { intlLocale } from '../../i18n/language';
import { t, type Key } from '../../i18n/t';
import type { ListDefinition } from '../../list/definition';
import { durationText } from '../../ui/text/duration-text';
import { hourMs } from '../../ui/durations';
import { Money } from '../../ui/text/Money';
import { Time } from '../../ui/text/Time';
import { ToneBadge } from '../../ui/badges/ToneBadge';
import { SortOrderCell } from './SortOrderCell';

type Profile = components['schemas']['ProfileListItem'];

/** Clients of these states are below a threshold: what `lowNow` counts. */
const lowStates = 'low,critical,exhausted,silenced';

/** The columns of docs/manuals.md#profile-list in their order, with Max qty, client counts, and optional columns. */
export const profilesList: ListDefinition<Profile> = {
  kind: 'profiles',
  name: 'profiles',
  title: 'app.nav.profiles',
  load: (query, signal) => readList('/v1/profiles', query, signal),
  idOf: ({ id }) => id,
  nameOf: ({ name }) => name,
  sort: 'sortOrder',
  search: { parameter: 'q', placeholder: 'profiles.search' },
  columns: [
    { id: 'id', label: 'profiles.id', sort: 'id', align: 'right', render: ({ id }) => id },
    { id: 'name', label: 'common.name', sort: 'name', isName: true, render: ({ name }) => name },
    {
      id: 'userThreshold',
      label: 'profiles.threshold',
      group: 'profiles.userNotification',
      align: 'right',
      render: ({ userRule, currency }) => thresholdCell(userRule.threshold, currency),
    },
    {
      id: 'userNotify',
      label: 'profiles.notify',
      group: 'profiles.userNotification',
      render: ({ userRule: { threshold, notifyOwner, users, emails, channels } }) =>
        notifyCell(threshold, notifyOwner ? 'profiles.owner' : null, users.length + emails.length + channels.length),
    },
    {
      id: 'clientThreshold',
      label: 'profiles.threshold',
      group: 'profiles.clientNotification',
      align: 'right',
      render: ({ clientRule, currency }) => thresholdCell(clientRule.threshold, currency),
    },
    {
      id: 'clientNotify',
      label: 'profiles.notify',
      group: 'profiles.clientNotification',
      render: ({ clientRule: { threshold, notifyClient, emails, channels } }) =>
        notifyCell(threshold, notifyClient ? 'profiles.billing' : null, emails.length + channels.length),
    },
    {
      id: 'maxNotifications',
      label: 'profiles.frequency',
      sort: 'maxNotifications',
      align: 'right',
      render: ({ maxNotifications, periodHours }) =>
        `${maxNotifications ?? t('common.unlimited')} / ${durationText(periodHours * hourMs, intlLocale())}`,
    },
    { id: 'clients', label: 'profiles.clients', sort: 'clients', align: 'right', render: clientsCell },
    { id: 'lowNow', label: 'profiles.lowNow', align: 'right', optional: true, render: ({ lowNow }) => lowNow },
    {
      id: 'resellerName',
      label: 'profiles.reseller',
      sort: 'resellerName',
      render: ({ resellerName }) => resellerName,
    },
    {
      id: 'sortOrder',
      label: 'profiles.sortOrder',
      sort: 'sortOrder',
      align: 'right',
      render: (profile) => <SortOrderCell key={profile.version} profile={profile} />,
    },
    {
      id: 'advancedRuleCount',
      label: 'profiles.advancedShort',
      align: 'right',
      optional: true,
      render: ({ advancedRuleCount }) => (advancedRuleCount === 0 ? dimmed('–') : advancedRuleCount),
    },
    {
      id: 'periodHours',
      label: 'profiles.period',
      sort: 'periodHours',
      align: 'right',
      optional: true,
      render: ({ periodHours }) => durationText(periodHours * hourMs, intlLocale()),
    },
    { id: 'currency', label: 'form.currency', sort: 'currency', optional: true, render: ({ currency }) => currency },
    {
      id: 'createdAt',
      label: 'profiles.created',
      sort: 'createdAt',
      optional: true,
      render: ({ createdAt }) => <Time at={createdAt} />,
    },
    {
      id: 'updatedAt',
      label: 'profiles.updated',
      sort: 'updatedAt',
      optional: true,
      render: ({ updatedAt }) => <Time at={updatedAt} />,
    },
  ],
  filters: [
    { kind: 'reference', label: 'profiles.reseller', parameter: 'resellerId', ...resellerSource },
    { kind: 'reference', label: 'form.currency', parameter: 'currency', ...currencySource },
    { kind: 'reference', label: 'ui.channel', parameter: 'channelId', ...channelSource },
  ],
};

function dimmed(text: string): ReactNode {
  return (
    <Text span size="sm" c="dimmed">
      {text}
    </Text>
  );
}

function thresholdCell(amount: string | null, currency: string): ReactNode {
  return amount === null ? dimmed(t('profiles.off')) : <Money value={{ amount, currency }} />;
}

/** The recipients of a rule: the box of the manual, and how many others. A threshold without recipients is marked. */
function notifyCell(threshold: string | null, role: Key | null, others: number): ReactNode {
  if (threshold === null) return dimmed('–');
  if (role === null && others === 0) {
    return (
      <ToneBadge tone="red" icon={IconMailOff}>
        {t('profiles.noRecipients')}
      </ToneBadge>
    );
  }
  const texts = [role && t(role), others > 0 && t('profiles.addresses', { n: others })].filter(Boolean);
  return texts.join(' + ');
}

/** How many use it, and how many of them are low: each leads to them. */
function clientsCell({ id, clients, lowNow }: Profile): ReactNode {
  if (clients === 0) return dimmed('0');
  const list = `/clients?profileId=${id}&status=active,stop`;
  return (
    <>
      <Anchor component={Link} to={list} size="sm">
        {clients}
      </Anchor>
      {lowNow > 0 && (
        <>
          {' · '}
          <Anchor component={Link} to={`${list}&state=${lowStates}`} size="sm">
            {t('profiles.lowCount', { n: lowNow })}
          </Anchor>
        </>
      )}
    </>
  );
}
