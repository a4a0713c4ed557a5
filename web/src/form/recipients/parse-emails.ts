const maxAddressLength = 254;
const maxLocalLength = 64;
const localPart = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const domainLabel = /^[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/;

export type EmailError = 'form.email.latin' | 'form.email.invalid' | 'form.email.tooLong';

/** Why a text is not the address of one mailbox, by the rules of the server; null where it is. */
export function emailError(text: string): EmailError | null {
  const address = text.trim();
  if (/[^\u0020-\u007e]/u.test(address)) return 'form.email.latin';
  if (address.length > maxAddressLength) return 'form.email.tooLong';
  const at = address.indexOf('@');
  if (at < 1 || at !== address.lastIndexOf('@')) return 'form.email.invalid';
  const labels = address.slice(at + 1).split('.');
  const local = address.slice(0, at);
  const fits =
    local.length <= maxLocalLength &&
    localPart.test(local) &&
    labels.every((label) => domainLabel.test(label)) &&
    !/^\d+$/.test(labels.at(-1) ?? '');
  return fits ? null : 'form.email.invalid';
}

/** The addresses in a pasted text: by commas, semicolons, spaces or lines, also out of `Name <address>`. */
export function splitEmails(pasted: string): string[] {
  return pasted
    .replace(/"[^"]*"|[^<>,;\n]*<([^<>]*)>/g, (_, address: string | undefined) => (address ? ` ${address} ` : ' '))
    .split(/[\s,;]+/)
    .filter((part) => part !== '');
}

/** Each address once, compared without case, in the order and spelling of its first occurrence. */
export function uniqueEmails(addresses: readonly string[]): string[] {
  const first = new Map<string, string>();
  for (const address of addresses) {
    const key = address.trim().toLowerCase();
    if (key !== '' && !first.has(key)) first.set(key, address.trim());
  }
  return [...first.values()];
}
