/**
 * What this browser remembers for the page. It may refuse to (blocked cookies, a full disk), and what it holds may be of
 * another version or edited: readers check it, and without it the page works as on the first day.
 */
export function readSaved(key: string): string | null {
  try {
    return globalThis.localStorage?.getItem(key) ?? null;
  } catch {
    return null;
  }
}

export function forget(key: string): void {
  try {
    globalThis.localStorage?.removeItem(key);
  } catch {
    // What cannot be read does not have to be removed.
  }
}

/** Not being able to remember is no reason to disturb. */
export function save(key: string, value: string): void {
  try {
    globalThis.localStorage?.setItem(key, value);
  } catch {
    // The choice holds until the page is loaded again.
  }
}
