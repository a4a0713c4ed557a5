import { Button, Group, Paper, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { t } from '../i18n/t';
import classes from './list.module.css';
import type { Filters } from './request';
import { nothingSelected, selectedCount, type Selection } from './selection';

interface BulkBarProps<Row> {
  readonly selection: Selection<Row>;
  /** how many rows match; null: not counted */
  readonly total: number | null;
  readonly filters: Filters;
  readonly onSelect: (next: Selection<Row>) => void;
  readonly children: ReactNode;
}

/** "3 selected, or select all 120 matching this filter", and what to do with them. */
export function BulkBar<Row>({ selection, total, filters, onSelect, children }: BulkBarProps<Row>): ReactNode {
  const count = selectedCount(selection);
  if (count === 0) return null;
  const canTakeAll = selection.kind === 'rows' && total !== null && total > count;
  return (
    <Paper withBorder className={classes['bulk']} role="region" aria-label={t('list.bulk')}>
      <Group justify="space-between" gap="xs">
        <Group gap="xs">
          <Text size="sm" fw={600} role="status">
            {selection.kind === 'all' ? t('list.selected.everything', { n: count }) : t('list.selected', { n: count })}
          </Text>
          {canTakeAll && (
            <Button size="compact-sm" variant="subtle" onClick={() => onSelect({ kind: 'all', filters, total })}>
              {t('list.select.everything', { n: total })}
            </Button>
          )}
          <Button size="compact-sm" variant="subtle" color="gray" onClick={() => onSelect(nothingSelected())}>
            {t('list.select.clear')}
          </Button>
        </Group>
        <Group gap="xs">{children}</Group>
      </Group>
    </Paper>
  );
}
