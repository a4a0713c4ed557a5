import { Button, Skeleton } from '@mantine/core';
import { IconFilterOff } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { t } from '../../i18n/t';
import { EmptyState } from '../../ui/EmptyState';
import type { EmptyList } from '../definition';
import { ListCards } from './ListCards';
import { ListTable } from './ListTable';
import classes from '../list.module.css';
import type { Selectable, SharedRowsProps } from './rows-props';
import { cleared, limitOf } from '../request';
import { isSelected, rangeOf, select, type Selection } from '../selection';
import type { ListRows } from '../use-list-rows';
import { useRowKeys } from '../use-row-keys';

interface ListBodyProps<Row> extends SharedRowsProps<Row> {
  readonly list: ListRows<Row>;
  readonly selection: { readonly value: Selection<Row>; readonly set: (next: Selection<Row>) => void } | null;
  readonly isNarrow: boolean;
  readonly isNarrowed: boolean;
  readonly empty: EmptyList;
}

export function ListBody<Row>(props: ListBodyProps<Row>): ReactNode {
  const { definition, controls, list, isNarrow, isNarrowed, empty, open } = props;
  const selectable = selectableOf(props);
  const rowKeys = useRowKeys({
    rows: list.rows,
    isSelectable: selectable !== null,
    open: (row) => open?.(row),
    toggle: (row) => selectable?.onSelect(list.rows.indexOf(row), !selectable.isSelected(row), false),
    selectTo: (index) => selectable?.onSelect(index, true, true),
  });
  if (list.page === null) return <RowsSkeleton rows={limitOf(controls.state)} isNarrow={isNarrow} />;
  if (list.rows.length === 0 && !list.isOld) {
    return isNarrowed ? (
      <EmptyState
        icon={IconFilterOff}
        title={t('list.noMatches')}
        text={t('list.noMatches.text')}
        action={
          <Button variant="default" onClick={() => controls.filter(cleared(definition, controls.state.filters))}>
            {t('list.filter.clear')}
          </Button>
        }
      />
    ) : (
      <EmptyState {...empty} />
    );
  }
  const Rows = isNarrow ? ListCards<Row> : ListTable<Row>;
  return <Rows {...props} rows={list.rows} isOld={list.isOld} rowKeys={rowKeys} selectable={selectable} />;
}

let lastSelected: string | null = null;

function selectableOf<Row>({ definition, list, selection }: ListBodyProps<Row>): Selectable<Row> | null {
  if (selection === null) return null;
  const { value, set } = selection;
  const change = (rows: readonly Row[], selected: boolean): void =>
    set(select(value, rows, selected, list.rows, definition.idOf));
  return {
    isSelected: (row) => isSelected(value, definition.idOf(row)),
    onSelect(index, selected, isRange) {
      const last = list.rows.findIndex((row) => definition.idOf(row) === lastSelected);
      const row = list.rows[index];
      if (!row) return;
      change(isRange && last >= 0 ? rangeOf(list.rows, last, index) : [row], selected);
      lastSelected = definition.idOf(row);
    },
    onSelectAll: (selected) => change(list.rows, selected),
  };
}

/** In the place of the rows, and of their height: what is below them stays where it is when they come. */
function RowsSkeleton({ rows, isNarrow }: { readonly rows: number; readonly isNarrow: boolean }): ReactNode {
  return (
    <div
      className={classes['skeleton']}
      data-cards={isNarrow || undefined}
      role="status"
      aria-label={t('common.loading')}
    >
      {Array.from({ length: rows }, (_, index) => (
        <div key={index}>
          <Skeleton height={12} width={isNarrow ? '60%' : '100%'} />
        </div>
      ))}
    </div>
  );
}
