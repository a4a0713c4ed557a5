/** FNV-1a, 32 bits: small, stable over versions, good enough to scatter and to notice a change. */
export function hash(text: string, seed = 0x811c9dc5): number {
  let value = seed;
  for (let index = 0; index < text.length; index++) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193) >>> 0;
  }
  return value;
}

/** Two of them: short enough to carry, long enough that two different texts do not meet. */
export function fingerprint(text: string): string {
  return hash(text).toString(36) + hash(text, 0x9e3779b9).toString(36);
}
