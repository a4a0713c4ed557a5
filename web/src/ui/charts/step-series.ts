/** Values that hold until the next one: nothing is drawn between two observations. */

export interface Observed<Value> {
  readonly at: number;
  readonly value: Value;
}

/**
 * The observations from `from` to `to`, as a step line draws them (`type="stepAfter"`): the one that held at the beginning is
 * moved there, and the last one is repeated at the end, so that the line is as wide as its axis.
 *
 * @param observed in order of time
 */
export function stepsWithin<Value>(
  observed: readonly Observed<Value>[],
  from: number,
  to: number,
): readonly Observed<Value>[] {
  const held = observed.findLast(({ at }) => at <= from);
  const steps = [
    ...(held ? [{ at: from, value: held.value }] : []),
    ...observed.filter(({ at }) => at > from && at <= to),
  ];
  const last = steps.at(-1);
  return last && last.at < to ? [...steps, { at: to, value: last.value }] : steps;
}
