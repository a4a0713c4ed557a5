import { Alert, Anchor, Group, List, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconInfoCircle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { t } from '../../i18n/t';
import { StateBadge } from '../../ui/badges/StateBadge';
import { previewQuery, type SilenceMatcher } from './queries';

const typingMs = 300;

/** Which clients the silence covers now, those that are low first. */
export function Preview({ matcher }: { readonly matcher: SilenceMatcher }): ReactNode {
  const [settled] = useDebouncedValue(matcher, typingMs);
  const { data, isError } = useQuery(previewQuery(settled));
  // What is wrong is said at the field when the form is sent.
  if (isError || !data) return null;
  const more = data.clients - data.sample.length;
  return (
    <Alert
      variant="light"
      color={data.clients === 0 ? 'yellow' : 'blue'}
      styles={{ title: { color: 'var(--mantine-color-text)' } }}
      p="sm"
      role="status"
      icon={<IconInfoCircle aria-hidden />}
      title={t('silences.preview', { n: data.clients })}
    >
      {data.clients > 0 && (
        <Text size="sm" mb={4}>
          {t('silences.preview.low', { n: data.low })}
        </Text>
      )}
      <List size="sm" spacing={4} listStyleType="none">
        {data.sample.map(({ id, name, state }) => (
          <List.Item key={id}>
            <Group gap={6} wrap="nowrap">
              <Anchor component={Link} to={`/clients/${id}`} size="sm" underline="always">
                {name}
              </Anchor>
              <StateBadge state={state} />
            </Group>
          </List.Item>
        ))}
      </List>
      {more > 0 && <Text size="sm">{t('silences.preview.more', { n: more })}</Text>}
      <Text size="sm" mt={4}>
        {t('silences.preview.later')}
      </Text>
    </Alert>
  );
}
