import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { IconCreditCard, IconTrash } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { api, unwrap } from '../../api/client';
import { t } from '../../i18n/t';
import { FailedState } from '../../ui/FailedState';
import { toastDone } from '../../ui/toast';
import { openGatewayForm, returnMark } from './open-form';

/** Registers, replaces, and removes the card. */
export function CardActions({ hasCard }: { readonly hasCard: boolean }): ReactNode {
  const [isAsking, setAsking] = useState(false);
  const start = useMutation({
    mutationFn: () => {
      const body = { returnUrl: `${location.origin}/panel/card?${returnMark}` };
      return unwrap(api.POST('/v1/panel/card-registrations', { body }));
    },
    onSuccess: openGatewayForm,
  });
  return (
    <>
      <Text size="sm" c="dimmed">
        {t('panel.card.hint')}
      </Text>
      {start.error && <FailedState error={start.error} onRetry={() => start.mutate()} />}
      <Group gap="sm">
        <Button
          variant={hasCard ? 'default' : 'filled'}
          leftSection={<IconCreditCard size={16} aria-hidden />}
          loading={start.isPending}
          onClick={() => start.mutate()}
        >
          {t(hasCard ? 'panel.card.replace' : 'panel.card.register')}
        </Button>
        {hasCard && (
          <Button variant="default" leftSection={<IconTrash size={16} aria-hidden />} onClick={() => setAsking(true)}>
            {t('panel.card.remove')}
          </Button>
        )}
      </Group>
      <Modal
        opened={isAsking}
        onClose={() => setAsking(false)}
        title={t('panel.card.removeTitle')}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        <RemoveCard onClose={() => setAsking(false)} />
      </Modal>
    </>
  );
}

function RemoveCard({ onClose }: { readonly onClose: () => void }): ReactNode {
  const queries = useQueryClient();
  const remove = useMutation({
    mutationFn: () => unwrap(api.DELETE('/v1/panel/card')),
    onSuccess() {
      toastDone(t('panel.card.removed'));
      onClose();
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['panel'] }),
  });
  return (
    <Stack gap="md">
      <Text size="sm">{t('panel.card.removeText')}</Text>
      {remove.error && <FailedState error={remove.error} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t('common.cancel')}
        </Button>
        <Button color="red" loading={remove.isPending} onClick={() => remove.mutate()}>
          {t('panel.card.remove')}
        </Button>
      </Group>
    </Stack>
  );
}
