/**
 * Rows that stay where they are. A refetch behind the user's back changes the rows that are shown in their places;
 * new ones are counted and wait until they are asked for, so that nothing moves under the cursor.
 */
export interface FrozenRows<Row> {
  readonly rows: readonly Row[];
  /** how many of the fresh rows are not shown yet */
  readonly waiting: number;
}

export function freezeRows<Row>(
  shown: readonly Row[] | null,
  fresh: readonly Row[],
  idOf: (row: Row) => string,
): FrozenRows<Row> {
  if (shown === null || shown.length === 0) return { rows: fresh, waiting: 0 };
  const byId = new Map(fresh.map((row) => [idOf(row), row]));
  const known = new Set(shown.map(idOf));
  const waiting = fresh.filter((row) => !known.has(idOf(row))).length;
  // With nothing new, a row that is missing is gone; else it may only have slipped to the next page.
  if (waiting === 0 && fresh.length < shown.length) return { rows: fresh, waiting: 0 };
  return { rows: shown.map((row) => byId.get(idOf(row)) ?? row), waiting };
}
