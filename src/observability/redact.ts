import { isNativeError } from 'node:util/types';
import { pino } from 'pino';
import { isSecretName } from './secret-names.js';

/** What a log shows in place of a secret or an email. */
export const redactedText = '[redacted]';

/** In a log any `key` may be a secret one, at the end of any longer name. */
const keyName = /keys?$/i;
/** What PostgreSQL and its driver add to an error: values of rows and of statements. */
const rowValueNames = ['detail', 'where', 'internal_query', 'query', 'parameters', 'args'];
/** Names under which an email's content travels. */
const mailBodyNames = new Set(['html', 'text', 'body', 'eml', 'raw', 'rendered']);
/** Logs are not read deeper than this; a cycle ends here too. */
const maxDepth = 6;

/**
 * A copy of what is logged in which no secret and no email body is left, whatever its depth.
 * Only plain objects, arrays and errors are entered: other instances are left to the log's serializers.
 */
export function redactFields(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return redactObject(fields, 0);
}

/** Type, message, stack and causes; and whatever its maker put into it, under the same rule. */
export function redactError(error: Error): Record<string, unknown> {
  const fields: Record<string, unknown> = { ...pino.stdSerializers.err(error) };
  if (error.name === 'PostgresError') {
    for (const name of rowValueNames) if (isSet(fields[name])) fields[name] = redactedText;
  }
  return redactObject(fields, 0);
}

/** Takes passwords out of addresses and bearer tokens out of sentences, anywhere in the text. */
export function redactText(text: string): string {
  return text
    .replace(/(:\/\/[^\s/:@"\\]*):[^\s/@"\\]+@/g, `$1:${redactedText}@`)
    .replace(/\b(Bearer|Basic) [A-Za-z0-9._~+/=-]{8,}/g, `$1 ${redactedText}`)
    .replace(/\blw_(?:live|test)_[0-9a-f_]{20,}/g, redactedText)
    .replace(/\bwhsec_[A-Za-z0-9+/=]+/g, redactedText);
}

function redactObject(fields: Readonly<Record<string, unknown>>, depth: number): Record<string, unknown> {
  const copy: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) {
    copy[name] = isHidden(name) && isSet(value) ? redactedText : redactValue(value, depth + 1);
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
  return isSecretName(name) || keyName.test(name) || mailBodyNames.has(name);
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
