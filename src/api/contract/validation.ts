import type { core } from 'zod';
import type { FieldError } from '../http/problem.js';
import type { z } from './zod.js';

/** Part of a request that holds a value; the body is the document itself. */
type Place = 'body' | 'query' | 'path' | 'headers';

type Checked<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly faults: readonly FieldError[] };

/** Checks a value against its schema; every fault with its pointer, in plain words. */
export function check<S extends z.ZodType>(schema: S, value: unknown, place: Place): Checked<z.output<S>> {
  const parsed = schema.safeParse(value, { reportInput: true });
  if (parsed.success) return { ok: true, value: parsed.data };
  return { ok: false, faults: parsed.error.issues.flatMap((issue) => errorsOf(issue, place)) };
}

/** A pointer in URI fragment form (RFC 6901, section 6, without percent-encoding). */
function pointerTo(place: Place, path: readonly PropertyKey[]): string {
  const tokens = place === 'body' ? path : [place, ...path];
  return `#${tokens.map((token) => `/${String(token).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')}`;
}

function errorsOf(issue: core.$ZodIssue, place: Place): FieldError[] {
  const at = (...more: PropertyKey[]): string => pointerTo(place, [...issue.path, ...more]);
  const noun = place === 'query' ? 'parameter' : 'field';
  if (issue.input === undefined && issue.code !== 'custom') {
    return [{ pointer: at(), code: 'required', detail: `this ${noun} is required` }];
  }
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({
        pointer: at(key),
        code: 'unknown_field',
        detail: `"${shown(key)}" is an unknown ${noun}: remove it, or check its spelling in /docs`,
      }));
    case 'invalid_type':
      return [
        { pointer: at(), code: 'wrong_type', detail: customMessage(issue) ?? `must be ${kindOf(issue.expected)}` },
      ];
    case 'invalid_union': {
      const only = onlyForm(issue);
      if (only) return only.flatMap((fault) => errorsOf(fault, place));
      return [
        {
          pointer: at(),
          code: 'invalid_value',
          detail: customMessage(issue) ?? 'must match one of the possible forms',
        },
      ];
    }
    case 'invalid_value':
      return [
        {
          pointer: at(),
          code: 'invalid_value',
          detail: customMessage(issue) ?? `must be one of ${issue.values.map(String).join(', ')}`,
        },
      ];
    case 'too_small':
      return [
        {
          pointer: at(),
          code: 'too_small',
          detail: customMessage(issue) ?? bound(issue.origin, 'at least', issue.minimum, issue.inclusive ?? true),
        },
      ];
    case 'too_big':
      return [
        {
          pointer: at(),
          code: 'too_big',
          detail: customMessage(issue) ?? bound(issue.origin, 'up to', issue.maximum, issue.inclusive ?? true),
        },
      ];
    case 'invalid_format':
      return [
        { pointer: at(), code: 'invalid_format', detail: customMessage(issue) ?? 'must have the documented format' },
      ];
    case 'custom': {
      const code: unknown = issue.params?.['code'];
      return [{ pointer: at(), code: typeof code === 'string' ? code : 'invalid_value', detail: issue.message }];
    }
    default:
      return [{ pointer: at(), code: 'invalid_value', detail: issue.message }];
  }
}

/** What is wrong with the only form of a value that is not a fixed word; null: there are several, or a text for all of them. */
function onlyForm(issue: core.$ZodIssueInvalidUnion): core.$ZodIssue[] | null {
  if (customMessage(issue) !== null) return null;
  const forms = issue.errors.filter((faults) => faults.some(({ code }) => code !== 'invalid_value'));
  const [form] = forms;
  if (!form || forms.length > 1 || issue.errors.length === 1) return null;
  // Its faults are found in the same value.
  return form.map(
    (fault) => ({ ...fault, input: issue.input, path: [...issue.path, ...fault.path] }) as core.$ZodIssue,
  );
}

/** The words that a schema gives itself; zod's own ones, which speak of types, are replaced. */
function customMessage(issue: core.$ZodIssue): string | null {
  return issue.message.startsWith('Invalid ') || issue.message.startsWith('Too ') ? null : issue.message;
}

function kindOf(expected: string): string {
  switch (expected) {
    case 'string':
      return 'a string';
    case 'int':
      return 'a whole number';
    case 'number':
      return 'a number, without quotes';
    case 'boolean':
      return 'true or false';
    case 'array':
      return 'a list';
    case 'object':
    case 'record':
      return 'an object';
    case 'null':
      return 'null';
    default:
      return `of type ${expected}`;
  }
}

function bound(origin: string, word: string, limit: number | bigint, inclusive: boolean): string {
  const value = String(limit);
  if (origin === 'string')
    return word === 'at least' && value === '1' ? 'must not be empty' : `must have ${word} ${value} characters`;
  if (origin === 'array') return `must have ${word} ${value} entries`;
  if (!inclusive) return `must be ${word === 'at least' ? 'more' : 'less'} than ${value}`;
  return `must be ${word} ${value}`;
}

/** A caller's own text within a message: short, and without what would break a line. */
function shown(text: string): string {
  return text.replace(/[\p{C}]/gu, '?').slice(0, 60);
}
