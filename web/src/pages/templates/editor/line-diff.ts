export interface DiffLine {
  readonly change: 'same' | 'removed' | 'added';
  readonly text: string;
}

const mostLines = 2000;

/** The lines of two texts, those that were removed before those that were added (the longest common part stays). */
export function diffLines(before: string, after: string): DiffLine[] {
  const a = before.split('\n').slice(0, mostLines);
  const b = after.split('\n').slice(0, mostLines);
  const width = b.length + 1;
  const lengths = new Uint16Array((a.length + 1) * width);
  const at = (i: number, j: number): number => lengths[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      lengths[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const lines: DiffLine[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      lines.push({ change: 'same', text: a[i] ?? '' });
      i += 1;
      j += 1;
    } else if (i < a.length && (j >= b.length || at(i + 1, j) >= at(i, j + 1))) {
      lines.push({ change: 'removed', text: a[i] ?? '' });
      i += 1;
    } else {
      lines.push({ change: 'added', text: b[j] ?? '' });
      j += 1;
    }
  }
  return lines;
}
