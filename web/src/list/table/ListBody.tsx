import { Button, Skeleton, Stack } from '@mantine/core';
import { IconFilterOff } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { t } from '../../i18n/t';
import { EmptyState } from '../../ui/EmptyState';
import type { EmptyList, ListColumn, ListDefinition } from '../definition';
import { ListCards } from './ListCards';
import { ListTable } from './ListTable';
import { cleared } from '../request';
import { isSelected, rangeOf, select, type Selection } from '../selection';
import type { ListRows } from '../use-list-rows';
import type { ListControls } from '../use-list-state';
import { useRowKeys, type RowKeys } from '../use-row-keys';

interface ListBodyProps<Row> {
  readonly definition: ListDefinition<Row>;
  readonly controls: ListControls;
  readonly columns: readonly ListColumn<Row>[];
  readonly list: ListRows<Row>;
  readonly selection: { readonly value: Selection<Row>; readonly set: (next: Selection<Row>) => void } | null;
  readonly isNarrow: boolean;
  readonly isNarrowed: boolean;
  readonly empty: EmptyList;
  readonly open: ((row: Row) => void) | null;
  readonly hrefOf: ((row: Row) => string) | null;
  readonly rowActions: ((row: Row) => ReactNode) | null;
}

/** What the table and the cards are given. */
export interface RowsProps<Row> extends Pick<
  ListBodyProps<Row>,
  'definition' | 'controls' | 'columns' | 'open' | 'hrefOf' | 'rowActions'
> {
  readonly rows: readonly Row[];
  readonly isOld: boolean;
  readonly rowKeys: RowKeys;
  readonly selectable: Selectable<Row> | null;
}

interface Selectable<Row> {
  readonly isSelected: (row: Row) => boolean;
  /** `isRange`: from the row that was selected last */
  readonly onSelect: (index: number, selected: boolean, isRange: boolean) => void;
  readonly onSelectAll: (selected: boolean) => void;
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
  if (list.page === null) return <RowsSkeleton />;
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

const skeletonRows = 8;

function RowsSkeleton(): ReactNode {
  return (
    <Stack gap={0} p="xs" role="status" aria-label={t('common.loading')}>
      {Array.from({ length: skeletonRows }, (_, index) => (
        <Skeleton key={index} height={16} my={10} />
      ))}
    </Stack>
  );
}
