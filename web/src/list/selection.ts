/** What is selected: rows by id, or everything that the filters find, seen or not. */
export type Selection<Row> =
  | { readonly kind: 'rows'; readonly rows: ReadonlyMap<string, Row> }
  | { readonly kind: 'all'; readonly filters: Readonly<Record<string, string>>; readonly total: number };

export function nothingSelected<Row>(): Selection<Row> {
  return { kind: 'rows', rows: new Map() };
}

export function isSelected<Row>(selection: Selection<Row>, id: string): boolean {
  return selection.kind === 'all' || selection.rows.has(id);
}

export function selectedCount<Row>(selection: Selection<Row>): number {
  return selection.kind === 'all' ? selection.total : selection.rows.size;
}

/** Takes rows in or out; taking any out of "all" leaves the other rows of the page. */
export function select<Row>(
  selection: Selection<Row>,
  changed: readonly Row[],
  selected: boolean,
  page: readonly Row[],
  idOf: (row: Row) => string,
): Selection<Row> {
  const rows = new Map(selection.kind === 'all' ? page.map((row) => [idOf(row), row] as const) : selection.rows);
  for (const row of changed) {
    if (selected) rows.set(idOf(row), row);
    else rows.delete(idOf(row));
  }
  return { kind: 'rows', rows };
}

/** The rows from one place to another, either way round. */
export function rangeOf<Row>(page: readonly Row[], from: number, to: number): readonly Row[] {
  return page.slice(Math.max(0, Math.min(from, to)), Math.max(from, to) + 1);
}
