/** The sender of the envelope, to which mail servers return emails: of each email its own, where the address has `{id}`. */

const place = '{id}';

/** @param address as `bounces+{id}@operator.example`; the id is the part of the Message-ID before its `@` */
export function returnAddressFor(address: string, messageId: string): string {
  const [, id = ''] = /^<([^@]*)@/.exec(messageId) ?? [];
  return address.replace(place, id);
}

/** The Message-ID of the email that was returned to one of these addresses; null: they name none. */
export function returnedMessageId(address: string, returnedTo: readonly string[], domain: string): string | null {
  const [before, after] = address.toLowerCase().split(place);
  if (before === undefined || after === undefined) return null;
  for (const text of returnedTo) {
    const found = text.toLowerCase();
    if (!found.startsWith(before) || !found.endsWith(after)) continue;
    const id = found.slice(before.length, found.length - after.length);
    if (/^[a-z0-9.-]{1,64}$/.test(id)) return `<${id}@${domain}>`;
  }
  return null;
}
