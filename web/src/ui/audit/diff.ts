/** What differs between two states of one thing, field by field. */

export interface FieldChange {
  /** the path in words of the API: `clientRule.threshold` */
  readonly path: string;
  readonly before: unknown;
  readonly after: unknown;
}

type Fields = Readonly<Record<string, unknown>>;

/** The fields that differ, deepest first name; a list counts as one value, whose order matters. */
export function changesBetween(before: Fields | null, after: Fields | null): FieldChange[] {
  return changesUnder('', before ?? {}, after ?? {});
}

function changesUnder(path: string, before: Fields, after: Fields): FieldChange[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.flatMap((name) => {
    const [left, right] = [before[name], after[name]];
    const here = path === '' ? name : `${path}.${name}`;
    if (isFields(left) && isFields(right)) return changesUnder(here, left, right);
    return sameValue(left, right) ? [] : [{ path: here, before: left, after: right }];
  });
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function sameValue(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((item, index) => sameValue(item, right[index]));
  }
  if (!isFields(left) || !isFields(right)) return false;
  return changesBetween(left, right).length === 0;
}
