/** The address without the slashes at its end, so that a path can follow. */
export function withoutEndSlash(url: string): string {
  return url.replace(/\/+$/, '');
}

/** The address without the password that it may hold. */
export function withoutPassword(address: string): string {
  return address.replace(/\/\/([^:@/]*):[^@/]*@/, '//$1:***@');
}
