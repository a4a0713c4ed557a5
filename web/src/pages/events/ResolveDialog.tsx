import { Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api, unwrap } from '../../api/client';
import type { components } from '../../api/schema';
import { ReasonDialog } from '../../form/dialogs/ConfirmDialog';
import { t } from '../../i18n/t';
import { toastDone } from '../../ui/toast';
import { refreshEvents } from './queries';

/** What is resolved together: events by id, or all open ones that filters find. */
export interface ToResolve {
  readonly selection: components['schemas']['EventSelection'];
  readonly n: number;
  /** which ones, in words: the cause of a group, the text of one event */
  readonly what?: string;
}

interface ResolveDialogProps {
  /** null: nothing is asked */
  readonly asked: ToResolve | null;
  readonly onClose: () => void;
  readonly onDone?: () => void;
}

/** Resolves events for all staff, with a reason: one request, however many there are. */
export function ResolveDialog({ asked, onClose, onDone }: ResolveDialogProps): ReactNode {
  const queries = useQueryClient();
  const resolve = async (reason: string): Promise<void> => {
    if (!asked) return;
    const { resolved, remaining } = await unwrap(
      api.POST('/v1/events/resolve', { body: { selection: asked.selection, reason } }),
    );
    toastDone(
      resolved === 0 ? t('events.resolve.nothing') : t('events.resolve.done', { n: resolved }),
      remaining > 0 ? t('events.resolve.remaining', { n: remaining }) : undefined,
    );
    onDone?.();
    await refreshEvents(queries);
  };
  return (
    <ReasonDialog
      opened={asked !== null}
      onClose={onClose}
      title={t('events.resolve.title', { n: asked?.n ?? 0 })}
      effect={
        <>
          {asked?.what !== undefined && (
            <Text size="sm" fw={600} mb={4} style={{ overflowWrap: 'anywhere' }}>
              {asked.what}
            </Text>
          )}
          {t('events.resolve.effect')} {t('events.resolve.again')}
        </>
      }
      confirm={t('events.resolve.many', { n: asked?.n ?? 0 })}
      onConfirm={resolve}
    />
  );
}
