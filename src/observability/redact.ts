import { isNativeError } from 'node:util/types';
import { pino } from 'pino';

/** What stands in a log where a secret or a mail was. */
export const censored = '[redacted]';

/** Names whose values are secrets, at the end of any longer name: `apiKey`, `x-webhook-secret`, `taskToken`. */
const secretName = /(?:authorization|cookie|secret|password|passphrase|credential|token|key)s?$/i;
/** Names under which a mail's content travels. */
const mailBodyNames = new Set(['html', 'text', 'body', 'eml', 'raw', 'rendered']);
/** Deeper than this nobody reads a log; a cycle ends here too. */
const maxDepth = 6;

/**
 * A copy of what is to be logged in which no secret and no mail body is left, whatever its depth.
 * Only plain objects, arrays and errors are entered: other instances are left to the log's serializers.
 */
export function redactFields(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return redactObject(fields, 0);
}

/** Type, message, stack and causes; and whatever its maker put into it, under the same rule. */
export function redactError(error: Error): Record<string, unknown> {
  return redactObject({ ...pino.stdSerializers.err(error) }, 0);
}

/** Takes passwords out of addresses and bearer tokens out of sentences, wherever in the text they stand. */
export function redactText(text: string): string {
  return text
    .replace(/(:\/\/[^\s/:@"\\]*):[^\s/@"\\]+@/g, `$1:${censored}@`)
    .replace(/\b(Bearer|Basic) [A-Za-z0-9._~+/=-]{8,}/g, `$1 ${censored}`)
    .replace(/\blw_(?:live|test)_[0-9a-f_]{20,}/g, censored)
    .replace(/\bwhsec_[A-Za-z0-9+/=]+/g, censored);
}

function redactObject(fields: Readonly<Record<string, unknown>>, depth: number): Record<string, unknown> {
  const copy: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) {
    copy[name] = isHidden(name) && isSet(value) ? censored : redactValue(value, depth + 1);
  }
  return copy;
}

function redactValue(value: unknown, depth: number): unknown {
  if (Array.isArray(value)) {
    return depth >= maxDepth ? `[${value.length} items]` : value.map((item) => redactValue(item, depth + 1));
  }
  if (isError(value)) return depth >= maxDepth ? String(value) : redactError(value);
  if (isPlainObject(value)) return depth >= maxDepth ? '[object]' : redactObject(value, depth);
  return value;
}

function isHidden(name: string): boolean {
  return secretName.test(name) || mailBodyNames.has(name);
}

/** "no password was given" is worth reading and no secret. */
function isSet(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '' && typeof value !== 'boolean';
}

/** Also an error of another realm, such as a workflow's sandbox. */
export function isError(value: unknown): value is Error {
  return value instanceof Error || isNativeError(value);
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
