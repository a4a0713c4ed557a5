/** A time in which silences over many clients hold for one of them, from its start to before its end. Instants are ms. */
export interface SilenceWindow {
  readonly from: number;
  readonly until: number;
}

/** Windows that overlap or touch become one, in the order of their starts: what monitors are given. */
export function mergeWindows(windows: readonly SilenceWindow[]): SilenceWindow[] {
  const merged: SilenceWindow[] = [];
  for (const { from, until } of [...windows].sort((a, b) => a.from - b.from)) {
    const last = merged.at(-1);
    if (last && from <= last.until) merged[merged.length - 1] = { ...last, until: Math.max(last.until, until) };
    else if (until > from) merged.push({ from, until });
  }
  return merged;
}

/** The end of the window in which an instant lies; null: it lies in none. */
export function windowEndAt(windows: readonly SilenceWindow[], at: number): number | null {
  return windows.find(({ from, until }) => from <= at && at < until)?.until ?? null;
}

/** The first start or end of a window after an instant; null: there is none. */
export function nextBoundaryAfter(windows: readonly SilenceWindow[], after: number): number | null {
  let next: number | null = null;
  for (const at of windows.flatMap(({ from, until }) => [from, until])) {
    if (at > after && (next === null || at < next)) next = at;
  }
  return next;
}

/** Where a silence is in its life; `expired` includes one that a person ended. */
export const silenceStatuses = ['active', 'pending', 'expired'] as const;
export type SilenceStatus = (typeof silenceStatuses)[number];
