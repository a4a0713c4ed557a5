const maxAddressLength = 254;
const maxLocalLength = 64;
const localPart = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const domainLabel = /^[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/;

/**
 * Why a text is not the email address of one mailbox, or null where it is.
 *
 * "The email address should contain only Latin characters for proper work of email notifications"
 * (docs/manuals.md#client-form). Also refused: line breaks and NUL, which would start another header or command; lists
 * and display names; quoted local parts, comments and routes, in which an address can be hidden; addresses longer than
 * SMTP carries.
 */
export function checkEmailAddress(text: string): string | null {
  const address = text.trim();
  if (address === '') return 'must be an email address, not empty';
  if (/[\u0000-\u001f\u007f]/.test(text)) return 'must be an email address without line breaks or control characters';
  const other = /[^\u0020-\u007e]/u.exec(address);
  if (other) return `must be an email address in Latin characters; character ${other.index + 1}, "${other[0]}", is not`;
  if (address.length > maxAddressLength) return `must be an email address of up to ${maxAddressLength} characters`;
  if (/[\s,;]/.test(address)) return 'must be one email address, without spaces';
  if (/[<>"()[\]\\:]/.test(address)) return 'must be an email address alone, as name@example.com';
  const at = address.indexOf('@');
  if (at < 1 || at !== address.lastIndexOf('@')) return 'must be an email address with one @, as in name@example.com';
  return localError(address.slice(0, at)) ?? domainError(address.slice(at + 1));
}

function localError(local: string): string | null {
  if (local.length > maxLocalLength)
    return `must be an email address with up to ${maxLocalLength} characters before the @`;
  return localPart.test(local) ? null : 'the part before the @ must not begin or end with a dot, or hold two in a row';
}

/** One label is enough: hosts within a company have no more. */
function domainError(domain: string): string | null {
  const labels = domain.split('.');
  const isName = labels.every((label) => domainLabel.test(label)) && !/^\d+$/.test(labels.at(-1) ?? '');
  return isName ? null : 'the part after the @ must be a domain, as in name@example.com';
}

/** What two spellings of one address have in common; for comparing, not for sending. */
export function normalizeAddress(text: string): string {
  return text.trim().toLowerCase();
}
