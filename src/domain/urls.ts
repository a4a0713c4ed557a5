/** The address without the slash at its end, so that a path can follow. */
export function withoutEndSlash(url: string): string {
  return url.replace(/\/$/, '');
}
