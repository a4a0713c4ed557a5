import { IconArchive, IconArchiveOff, IconCircleX, IconHistory } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { api, etagOf, unwrap } from '../../../../api/client';
import { serverNow } from '../../../../api/transport';
import { t } from '../../../../i18n/t';
import { RowMenu } from '../../../../list/table/RowMenu';
import { toastFailure } from '../../../../ui/toast';
import { useRatesSaved, type TableRate } from '../queries';

interface RateActionsProps {
  readonly row: TableRate;
  /** shows the rows of its series */
  readonly onHistory: (row: TableRate) => void;
}

/** Stashes, restores, and closes a rate without opening it. */
export function RateActions({ row, onHistory }: RateActionsProps): ReactNode {
  const { id, code, status, endsAt, effectiveFrom } = row;
  const saved = useRatesSaved();
  const change = async (body: { status: TableRate['status'] } | { endsAt: string }, message: string): Promise<void> => {
    try {
      const params = { path: { id }, header: { 'If-Match': etagOf(row) } };
      await unwrap(api.PATCH('/v1/table-rates/{id}', { params, body }));
      await saved(message);
    } catch (error) {
      toastFailure(error);
    }
  };
  const isStashed = status === 'stashed';
  const hasBegun = Date.parse(effectiveFrom) + 1000 < serverNow();
  const now = (): string => new Date(serverNow()).toISOString();
  return (
    <RowMenu
      label={t('rateTables.rate.actions', { code })}
      actions={[
        {
          operation: 'listTableRates',
          icon: IconHistory,
          label: t('rateTables.rate.history'),
          onClick: () => onHistory(row),
        },
        {
          operation: 'updateTableRate',
          icon: isStashed ? IconArchiveOff : IconArchive,
          label: t(isStashed ? 'rateTables.rate.restore' : 'rateTables.rate.stash'),
          onClick: () =>
            void change(
              { status: isStashed ? 'active' : 'stashed' },
              t(isStashed ? 'rateTables.rate.restored' : 'rateTables.rate.stashed', { code }),
            ),
        },
        ...(endsAt === null && hasBegun
          ? [
              {
                operation: 'updateTableRate' as const,
                icon: IconCircleX,
                label: t('rateTables.rate.close'),
                onClick: () => void change({ endsAt: now() }, t('rateTables.rate.closed', { code })),
              },
            ]
          : []),
      ]}
    />
  );
}
