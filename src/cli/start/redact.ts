/** An address without the password that it may hold. */
export function withoutPassword(address: string): string {
  return address.replace(/\/\/([^:@/]*):[^@/]*@/, '//$1:***@');
}
