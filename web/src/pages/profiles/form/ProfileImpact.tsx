import { Anchor, List, Loader, Group, Skeleton, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { t } from '../../../i18n/t';
import { FailedState } from '../../../ui/FailedState';
import { rateText } from '../../../ui/text/rate-text';
import { toneText } from '../../../ui/badges/ToneBadge';
import { ImpactClients } from './ImpactClients';
import { hasNoErrors, type ProfileValues } from './profile-values';
import { usePreview, type ProfilePreview } from './use-preview';

interface ProfileImpactProps {
  /** null: a new profile, without clients */
  readonly id: string | null;
  readonly values: ProfileValues;
}

/** What saving would do to today's clients, before it is done. */
export function ProfileImpact({ id, values }: ProfileImpactProps): ReactNode {
  const { data, error, isPending, isFetching, isPlaceholderData, refetch } = usePreview(id, values);
  if (id === null) return <Text size="sm">{t('profiles.effect.new')}</Text>;
  if (!hasNoErrors(values)) return <Text size="sm">{t('profiles.effect.invalid')}</Text>;
  if (error) return <FailedState error={error} onRetry={() => void refetch()} />;
  if (isPending) return <Skeleton h={120} />;
  if (data.clients === 0) return <Text size="sm">{t('profiles.effect.unused')}</Text>;
  return (
    <Stack gap="sm" style={{ opacity: isPlaceholderData ? 0.6 : 1 }} aria-busy={isFetching}>
      <Group gap="xs" wrap="nowrap" align="flex-start" justify="space-between">
        <Text size="sm" role="status" aria-live="polite">
          {headline(data)}
        </Text>
        {isPlaceholderData && <Loader size={14} aria-hidden />}
      </Group>
      <ImpactClients title="profiles.effect.newlyNotified" group={data.newlyNotified} tone="amber" />
      <ImpactClients title="profiles.effect.noLongerNotified" group={data.noLongerNotified} tone="green" />
      <Notes preview={data} currency={values.currency} />
      <Text size="xs" c="dimmed">
        {t('profiles.effect.onSave', { n: data.clients })}
      </Text>
    </Stack>
  );
}

function headline({ clients, notified, low }: ProfilePreview): ReactNode {
  const users = t('profiles.effect.clients', { n: clients });
  const { before, after } = notified;
  const change =
    before === after ? t('profiles.effect.same', { n: after }) : t('profiles.effect.changed', { n: after, before });
  const lower =
    low.before === low.after
      ? t('profiles.effect.lowSame', { n: low.after })
      : t('profiles.effect.low', { n: low.after, before: low.before });
  return `${users} ${change} ${lower}`;
}

interface NotesProps {
  readonly preview: ProfilePreview;
  readonly currency: string;
}

/** Why rules of the draft are not evaluated, or do not notify. */
function Notes({ preview, currency }: NotesProps): ReactNode {
  const { currencies, unreachable, undecided } = preview;
  const counts = [
    undecided.paused > 0 && t('profiles.effect.paused', { n: undecided.paused }),
    undecided.balanceUnknown > 0 && t('profiles.effect.unknown', { n: undecided.balanceUnknown }),
    undecided.unlimited > 0 && t('profiles.effect.unlimited', { n: undecided.unlimited }),
  ].filter((note) => typeof note === 'string');
  if (counts.length + currencies.length + unreachable.count === 0) return null;
  return (
    <List size="sm" spacing={4}>
      {currencies.map(({ currency: from, clients, rate }) => (
        <List.Item key={from}>
          {rate === null ? (
            <>
              <span {...toneText('red')}>{t('profiles.effect.noRate', { n: clients, from, to: currency })}</span>{' '}
              <Anchor component={Link} to={`/rates?new=${from}-${currency}`} size="sm" underline="always">
                {t('profiles.effect.addRate')}
              </Anchor>
            </>
          ) : (
            t('profiles.effect.rate', { n: clients, from, to: currency, rate: rateText(rate) })
          )}
        </List.Item>
      ))}
      {unreachable.count > 0 && (
        <List.Item>
          <span {...toneText('red')}>{t('profiles.effect.unreachable', { n: unreachable.count })}</span>{' '}
          {unreachable.data.slice(0, 5).map(({ clientId, name }, index) => (
            <span key={clientId}>
              {index > 0 && ', '}
              <Anchor component={Link} to={`/clients/${clientId}`} size="sm" underline="always">
                {name}
              </Anchor>
            </span>
          ))}
          {unreachable.count > 5 && ' …'}
        </List.Item>
      )}
      {counts.map((note) => (
        <List.Item key={note}>{note}</List.Item>
      ))}
    </List>
  );
}
