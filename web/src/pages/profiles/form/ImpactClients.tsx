import { Anchor, Box, Button, Group, Text, Title } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import { t, type Key } from '../../../i18n/t';
import { Money } from '../../../ui/text/Money';
import { ToneBadge, type Tone } from '../../../ui/badges/ToneBadge';
import { ruleText } from './rules';
import type { ProfilePreview } from './use-preview';

const shownFirst = 5;

interface ImpactClientsProps {
  readonly title: Key;
  readonly group: ProfilePreview['newlyNotified'];
  readonly tone: Tone;
}

/** Clients that are newly notified, or no longer. */
export function ImpactClients({ title, group, tone }: ImpactClientsProps): ReactNode {
  const [isWhole, setWhole] = useState(false);
  const { count, data } = group;
  if (count === 0) return null;
  const shown = isWhole ? data : data.slice(0, shownFirst);
  return (
    <Box>
      <Group gap="xs" mb={4}>
        <Title order={3} size="sm">
          {t(title)}
        </Title>
        <ToneBadge tone={tone}>{count}</ToneBadge>
      </Group>
      {shown.map(({ clientId, name, available, currency, rules }) => (
        <Box key={clientId} py={4}>
          <Group justify="space-between" gap="xs" wrap="nowrap">
            <Anchor component={Link} to={`/clients/${clientId}`} size="sm" truncate>
              {name}
            </Anchor>
            <Text size="sm" style={{ whiteSpace: 'nowrap' }}>
              <Money value={available === null ? null : { amount: available, currency }} />
            </Text>
          </Group>
          <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
            {rules.map(({ rule, recipients }) => `${ruleText(rule)}: ${recipients.join(', ')}`).join(' · ')}
          </Text>
        </Box>
      ))}
      {!isWhole && data.length > shownFirst && (
        <Button size="compact-sm" variant="subtle" onClick={() => setWhole(true)}>
          {t('profiles.effect.more', { n: data.length - shownFirst })}
        </Button>
      )}
      {isWhole && count > data.length && (
        <Text size="xs" c="dimmed">
          {t('profiles.effect.rest', { n: count - data.length })}
        </Text>
      )}
    </Box>
  );
}
