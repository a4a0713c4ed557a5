import { redactedText, redactText } from '../../observability/redact.js';
import { isSecretName } from '../../observability/secret-names.js';

/** Bodies as the request log keeps them: JSON without secrets, cut where it is long. */

const keptCharacters = 4096;
/** Longer ones are not even read. */
const readCharacters = 64 * 1024;

/** Names that only in some bodies hold a secret: a rule's `key` is none. */
const keyName = /^key$/i;
const keyForm = /^lw_/;

/** @param length of the body as it came */
export function loggedBody(body: unknown, length: number): string | null {
  if (body === undefined || length === 0) return null;
  if (length > readCharacters) return `(${length} bytes, too long to be kept)`;
  return cut(JSON.stringify(body, withoutSecrets));
}

/** An answer of ours, as it was sent. */
export function loggedResponse(text: string | null): string | null {
  if (text === null || text === '') return null;
  if (text.length > readCharacters) return `(${text.length} characters, too long to be kept)`;
  try {
    return cut(JSON.stringify(JSON.parse(text), withoutSecrets));
  } catch {
    return null;
  }
}

function withoutSecrets(name: string, value: unknown): unknown {
  if (isSecretName(name) && value !== null && typeof value !== 'boolean') return redactedText;
  if (typeof value !== 'string') return value;
  return keyName.test(name) && keyForm.test(value) ? redactedText : redactText(value);
}

function cut(text: string): string {
  return text.length <= keptCharacters ? text : `${text.slice(0, keptCharacters)}… (${text.length} characters)`;
}
