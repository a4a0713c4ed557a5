import { Anchor, Checkbox, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { IconArrowDown, IconArrowsSort, IconArrowUp } from '@tabler/icons-react';
import { flexRender, getCoreRowModel, useReactTable, type ColumnDef, type Header } from '@tanstack/react-table';
import { useMergedRef } from '@mantine/hooks';
import { useMemo, type MouseEvent, type ReactNode } from 'react';
import { Link } from 'react-router';
import { t } from '../../i18n/t';
import type { ListColumn } from '../definition';
import classes from '../list.module.css';
import type { RowsProps } from './rows-props';
import { directionOf, nextSort, type SortDirection } from '../list-state';
import { sortOf } from '../request';
import { useScrollEdges } from './use-scroll-edges';

/** The rows as a table: a sticky head with groups, the order by its columns, one row at a time in the Tab order. */
export function ListTable<Row>(props: RowsProps<Row>): ReactNode {
  const { definition, controls, columns, rows, isOld, rowKeys, selectable, rowActions } = props;
  const sort = sortOf(definition, controls.state);
  const defs = useMemo(() => grouped(columns), [columns]);
  const data = useMemo(() => [...rows], [rows]);
  const table = useReactTable({ data, columns: defs, getCoreRowModel: getCoreRowModel(), getRowId: definition.idOf });
  const groups = table.getHeaderGroups();
  const edges = useScrollEdges();
  const byId = new Map(columns.map((column) => [column.id, column]));

  const headCell = (header: Header<Row, unknown>, depth: number): ReactNode => {
    const column = byId.get(header.column.id);
    if (!column) {
      return (
        <th key={header.id} scope="colgroup" colSpan={header.colSpan} data-group>
          {flexRender(header.column.columnDef.header, header.getContext())}
        </th>
      );
    }
    // A column without a group has one cell over all lines of the head.
    if (depth > 0 && header.column.parent === undefined) return null;
    const rowSpan = header.column.parent === undefined ? groups.length : 1;
    return (
      <HeadCell
        key={header.id}
        column={column}
        rowSpan={rowSpan}
        sort={sort}
        onSort={(name) => controls.set({ sort: nextSort(sort, name, definition.sort) })}
      />
    );
  };

  return (
    <div
      ref={useMergedRef(rowKeys.container, edges)}
      className={classes['scroll']}
      data-selectable={selectable !== null || undefined}
      role="region"
      aria-label={t('list.table', { name: t(definition.title) })}
      tabIndex={0}
    >
      <table className={classes['table']} data-old={isOld || undefined} aria-busy={isOld}>
        <thead>
          {groups.map((group, depth) => (
            <tr key={group.id}>
              {depth === 0 && selectable && (
                <th rowSpan={groups.length} className={classes['check']} data-check>
                  <SelectAll rows={rows} selectable={selectable} />
                </th>
              )}
              {group.headers.map((header) => headCell(header, depth))}
              {depth === 0 && rowActions && (
                <th rowSpan={groups.length} data-actions>
                  <VisuallyHidden>{t('common.actions')}</VisuallyHidden>
                </th>
              )}
            </tr>
          ))}
        </thead>
        <tbody>
          {table.getRowModel().rows.map((row, index) => (
            <TableRow {...props} key={row.id} row={row.original} index={index} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Neighbors with one group share one heading; one alone has none. */
function grouped<Row>(columns: readonly ListColumn<Row>[]): ColumnDef<Row>[] {
  const runs: ListColumn<Row>[][] = [];
  for (const column of columns) {
    const run = runs.at(-1);
    if (column.group !== undefined && run?.[0]?.group === column.group) run.push(column);
    else runs.push([column]);
  }
  return runs.flatMap((run) => {
    const [first] = run;
    const defs = run.map((column): ColumnDef<Row> => ({ id: column.id, header: t(column.label) }));
    if (first?.group === undefined || run.length === 1) return defs;
    return [{ id: `group:${first.id}`, header: t(first.group), columns: defs }];
  });
}

interface HeadCellProps<Row> {
  readonly column: ListColumn<Row>;
  readonly rowSpan: number;
  readonly sort: string;
  readonly onSort: (name: string) => void;
}

function HeadCell<Row>({ column, rowSpan, sort, onSort }: HeadCellProps<Row>): ReactNode {
  const { sort: name } = column;
  const isRight = column.align === 'right' || undefined;
  if (name === undefined) {
    return (
      <th scope="col" rowSpan={rowSpan} data-right={isRight} data-name={column.isName}>
        {t(column.label)}
      </th>
    );
  }
  const direction = directionOf(sort, name);
  return (
    <th scope="col" rowSpan={rowSpan} data-right={isRight} data-name={column.isName} aria-sort={direction ?? 'none'}>
      <UnstyledButton className={classes['sort']} onClick={() => onSort(name)}>
        {t(column.label)}
        <SortIcon direction={direction} />
      </UnstyledButton>
    </th>
  );
}

function SortIcon({ direction }: { readonly direction: SortDirection | null }): ReactNode {
  const DirectionIcon = { ascending: IconArrowUp, descending: IconArrowDown, none: IconArrowsSort }[
    direction ?? 'none'
  ];
  return <DirectionIcon size={14} opacity={direction ? 1 : 0.5} aria-hidden />;
}

function SelectAll<Row>({
  rows,
  selectable,
}: Required<Pick<RowsProps<Row>, 'rows'>> & {
  readonly selectable: NonNullable<RowsProps<Row>['selectable']>;
}): ReactNode {
  const count = rows.filter(selectable.isSelected).length;
  return (
    <Checkbox
      size="xs"
      aria-label={t('list.select.all')}
      checked={count > 0 && count === rows.length}
      indeterminate={count > 0 && count < rows.length}
      onChange={(event) => selectable.onSelectAll(event.currentTarget.checked)}
    />
  );
}

interface TableRowProps<Row> extends RowsProps<Row> {
  readonly row: Row;
  readonly index: number;
}

function TableRow<Row>(props: TableRowProps<Row>): ReactNode {
  const { definition, columns, row, index, rowKeys, selectable, open, hrefOf, rowActions } = props;
  const selected = selectable?.isSelected(row) ?? false;
  return (
    <tr
      className={classes['row']}
      data-row={index}
      data-selected={selected || undefined}
      data-opens={open !== null || undefined}
      aria-selected={selectable ? selected : undefined}
      tabIndex={index === rowKeys.active ? 0 : -1}
      onFocus={() => rowKeys.setActive(index)}
      onKeyDown={(event) => rowKeys.onRowKey(event, index)}
      onClick={(event) => {
        if (!isOnControl(event)) open?.(row);
      }}
    >
      {selectable && (
        <td data-check>
          <Checkbox
            size="xs"
            aria-label={t('list.select.row', { name: definition.nameOf(row) })}
            checked={selected}
            onChange={(event) =>
              selectable.onSelect(index, event.currentTarget.checked, (event.nativeEvent as PointerEvent).shiftKey)
            }
          />
        </td>
      )}
      {columns.map((column) => (
        <td
          key={column.id}
          data-right={column.align === 'right' || undefined}
          data-name={column.isName}
          data-grows={column.grows}
        >
          <NameLink isName={column.isName === true} href={hrefOf?.(row) ?? null}>
            {column.render(row)}
          </NameLink>
        </td>
      ))}
      {rowActions && (
        <td data-right data-actions>
          {rowActions(row)}
        </td>
      )}
    </tr>
  );
}

/** The name of a row is the way to its page, for those who have no mouse, and for a new tab. */
export function NameLink(props: {
  readonly isName: boolean;
  readonly href: string | null;
  readonly children: ReactNode;
}): ReactNode {
  if (!props.isName || props.href === null) return props.children;
  return (
    <Anchor component={Link} to={props.href} size="sm" fw={500}>
      {props.children}
    </Anchor>
  );
}

/** A click on a link, a box or a menu of a row, or the end of marking text, does not open the row. */
export function isOnControl(event: MouseEvent): boolean {
  // A dialog that a row has opened passes its clicks on to the row, though it is elsewhere on the page.
  if (event.target instanceof Node && !event.currentTarget.contains(event.target)) return true;
  const isControl = event.target instanceof Element && event.target.closest('a, button, input, label, [role="menu"]');
  return Boolean(isControl) || (getSelection()?.toString() ?? '') !== '';
}
