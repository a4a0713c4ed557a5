/** An object with a value for each of these keys. */
export function recordOf<Key extends string, Value>(
  keys: readonly Key[],
  valueOf: (key: Key) => Value,
): Record<Key, Value> {
  return Object.fromEntries(keys.map((key) => [key, valueOf(key)])) as Record<Key, Value>;
}

/**
 * An object of these entries. For walks over a catalogue (fields, settings), whose entries have each name of `Target` with a
 * value of its type: the compiler cannot follow them, and tests of the catalogue do.
 */
export function fromEntries<Target extends object>(entries: Iterable<readonly [string, unknown]>): Target {
  const object: object = Object.fromEntries(entries);
  return object as Target;
}
