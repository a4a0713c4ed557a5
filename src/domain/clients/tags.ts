/** Tags of a client: compared without case, in the spelling that came first. */

const keyOf = (tag: string): string => tag.toLowerCase();

/** Each tag once. */
export function uniqueTags(tags: readonly string[]): string[] {
  const first = new Map<string, string>();
  for (const tag of tags) if (!first.has(keyOf(tag))) first.set(keyOf(tag), tag);
  return [...first.values()];
}

export function withTags(tags: readonly string[], added: readonly string[]): string[] {
  return uniqueTags([...tags, ...added]);
}

/** These tags and no others: one that was there keeps its spelling. */
export function replacedTags(tags: readonly string[], given: readonly string[]): string[] {
  const spelled = new Map(tags.map((tag) => [keyOf(tag), tag]));
  return uniqueTags(given).map((tag) => spelled.get(keyOf(tag)) ?? tag);
}

/** The same tags without regard to case and order. */
export function areSameTags(tags: readonly string[], others: readonly string[]): boolean {
  const known = new Set(others.map(keyOf));
  return tags.length === others.length && tags.every((tag) => known.has(keyOf(tag)));
}

export function withoutTags(tags: readonly string[], removed: readonly string[]): string[] {
  const gone = new Set(removed.map(keyOf));
  return tags.filter((tag) => !gone.has(keyOf(tag)));
}
