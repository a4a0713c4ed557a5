import { Checkbox, Stack } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, unwrap } from '../../../api/client';
import { serverNow } from '../../../api/transport';
import { ConfirmDialog } from '../../../form/dialogs/ConfirmDialog';
import { DateTimeInput } from '../../../form/inputs/DateTimeInput';
import { t } from '../../../i18n/t';
import { refreshLists } from '../../../list/refresh';
import { hourMs } from '../../../ui/durations';
import { toastDone } from '../../../ui/toast';
import type { Endpoint } from './queries';

const statuses = ['failed', 'skipped', 'accepted'] as const;

interface ReplayDialogProps {
  readonly endpoint: Endpoint;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Sends again what an endpoint missed in a range of time. */
export function ReplayDialog({ endpoint, opened, onClose }: ReplayDialogProps) {
  const queries = useQueryClient();
  const [from, setFrom] = useState(() => new Date(serverNow() - 24 * hourMs).toISOString());
  const [to, setTo] = useState(() => new Date(serverNow()).toISOString());
  const [chosen, setChosen] = useState<readonly string[]>(['failed', 'skipped']);
  const { id, name } = endpoint;
  const replay = async (): Promise<void> => {
    const body = { from, to, statuses: statuses.filter((status) => chosen.includes(status)) };
    const replayed = await unwrap(api.POST('/v1/webhook-endpoints/{id}/replay', { params: { path: { id } }, body }));
    const { queued, remaining } = replayed;
    const done = t('webhooks.replayed', { n: queued });
    toastDone(remaining > 0 ? `${done}. ${t('webhooks.replayLeft', { n: remaining })}` : done);
    await Promise.all([refreshLists(queries, 'webhookDeliveries'), refreshLists(queries, 'webhookEndpoints')]);
  };
  return (
    <ConfirmDialog
      opened={opened}
      onClose={onClose}
      title={t('webhooks.replayTitle', { name })}
      effect={t('webhooks.replayEffect')}
      confirm={t('webhooks.replay')}
      isFilled={from !== '' && to !== '' && chosen.length > 0}
      onConfirm={replay}
    >
      <Stack gap="md">
        <DateTimeInput label={t('webhooks.from')} value={from} onChange={setFrom} required />
        <DateTimeInput label={t('webhooks.to')} value={to} onChange={setTo} required />
        <Checkbox.Group label={t('common.status')} value={[...chosen]} onChange={setChosen}>
          <Stack gap={6} mt={6}>
            {statuses.map((status) => (
              <Checkbox key={status} value={status} label={t(`webhooks.status.${status}`)} />
            ))}
          </Stack>
        </Checkbox.Group>
      </Stack>
    </ConfirmDialog>
  );
}
