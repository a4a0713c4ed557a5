import type { ReactNode } from 'react';
import type { ListColumn, ListDefinition } from '../definition';
import type { ListControls } from '../use-list-state';
import type { RowKeys } from '../use-row-keys';

/** What the body of a list passes on to its table or its cards. */
export interface SharedRowsProps<Row> {
  readonly definition: ListDefinition<Row>;
  readonly controls: ListControls;
  readonly columns: readonly ListColumn<Row>[];
  readonly open: ((row: Row) => void) | null;
  readonly hrefOf: ((row: Row) => string) | null;
  readonly rowActions: ((row: Row) => ReactNode) | null;
}

/** What the table and the cards are given. */
export interface RowsProps<Row> extends SharedRowsProps<Row> {
  readonly rows: readonly Row[];
  readonly isOld: boolean;
  readonly rowKeys: RowKeys;
  readonly selectable: Selectable<Row> | null;
}

export interface Selectable<Row> {
  readonly isSelected: (row: Row) => boolean;
  /** `isRange`: from the row that was selected last */
  readonly onSelect: (index: number, selected: boolean, isRange: boolean) => void;
  readonly onSelectAll: (selected: boolean) => void;
}
