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

export function withoutTags(tags: readonly string[], removed: readonly string[]): string[] {
  const gone = new Set(removed.map(keyOf));
  return tags.filter((tag) => !gone.has(keyOf(tag)));
}
