import { Anchor, Group, Paper, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useCallback, type ReactNode } from 'react';
import { Link } from 'react-router';
import { useChanges } from '../../api/use-changes';
import { t } from '../../i18n/t';
import { useCan } from '../../session/rights';
import { rejectedQuery } from './queries';

/** Payments that were rejected are no payments: how many are open, or have the id that is searched for, and the way there. */
export function RejectedNotice({ search }: { readonly search: string | null }): ReactNode {
  const canSee = useCan()('listEventGroups');
  const { data: n = 0, refetch } = useQuery({ ...rejectedQuery(search), enabled: canSee });
  const read = useCallback(async () => {
    if (canSee) await refetch();
  }, [canSee, refetch]);
  useChanges('events', read);
  if (n === 0) return null;
  const to = `/events?kind=payment.refused${search === null ? '' : `&subjectId=${encodeURIComponent(search)}`}`;
  return (
    <Paper withBorder px="sm" py={6} role="status">
      <Group gap="sm">
        <IconAlertTriangle size={18} color="var(--mantine-color-yellow-7)" aria-hidden />
        <Text size="sm">{t(search === null ? 'payments.rejected' : 'payments.rejected.matching', { n })}</Text>
        <Anchor component={Link} to={to} size="sm">
          {t('payments.rejected.show')}
        </Anchor>
      </Group>
    </Paper>
  );
}
