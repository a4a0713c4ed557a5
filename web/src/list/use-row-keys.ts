import { useRef, useState, type KeyboardEvent, type RefObject } from 'react';
import { t } from '../i18n/t';
import { useShortcuts } from '../ui/shortcuts';

interface RowKeysOptions<Row> {
  readonly rows: readonly Row[];
  readonly isSelectable: boolean;
  readonly open: (row: Row) => void;
  readonly toggle: (row: Row) => void;
  /** from the row that was selected last to this one */
  readonly selectTo: (index: number) => void;
}

export interface RowKeys {
  /** the row that Tab comes to */
  readonly active: number;
  readonly container: RefObject<HTMLDivElement | null>;
  readonly setActive: (index: number) => void;
  /** keys on a row itself, not on a link or a box within it */
  readonly onRowKey: (event: KeyboardEvent<HTMLElement>, index: number) => void;
}

/**
 * `j` and `k` (or the arrows on a row) move the focus from row to row, Enter opens, `x` selects, `Shift+x` selects a
 * range.
 */
export function useRowKeys<Row>({ rows, isSelectable, open, toggle, selectTo }: RowKeysOptions<Row>): RowKeys {
  const container = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  const [isBegun, setBegun] = useState(false);

  const moveTo = (index: number): void => {
    if (rows.length === 0) return;
    const next = Math.max(0, Math.min(rows.length - 1, index));
    setActive(next);
    setBegun(true);
    container.current?.querySelector<HTMLElement>(`[data-row="${next}"]`)?.focus();
  };
  // The first `j` selects the first row, it does not jump over it.
  const step = (by: number): void => moveTo(isBegun ? active + by : active);
  const row = rows[Math.min(active, rows.length - 1)];
  const group = t('list.keys');
  useShortcuts([
    { keys: 'j', label: t('list.keys.down'), group, run: () => step(1) },
    { keys: 'k', label: t('list.keys.up'), group, run: () => step(-1) },
    ...(isSelectable
      ? [
          { keys: 'x', label: t('list.keys.select'), group, run: () => row && toggle(row) },
          { keys: 'Shift+x', label: t('list.keys.range'), group, run: () => selectTo(active) },
        ]
      : []),
  ]);

  return {
    active: Math.min(active, Math.max(0, rows.length - 1)),
    container,
    setActive,
    onRowKey: (event, index) => {
      if (event.target !== event.currentTarget) return;
      const target = rows[index];
      if (event.key === 'Enter' && target) open(target);
      else if (event.key === 'ArrowDown') moveTo(index + 1);
      else if (event.key === 'ArrowUp') moveTo(index - 1);
      else return;
      event.preventDefault();
    },
  };
}
