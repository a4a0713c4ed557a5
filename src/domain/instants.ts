import { DomainError } from './errors.js';

/**
 * Milliseconds since 1970 of an instant as text.
 *
 * @param pointer the field that holds it
 * @throws DomainError `invalid`
 */
export function parseInstant(text: string, pointer: string): number {
  const instant = Date.parse(text);
  if (Number.isNaN(instant)) {
    throw new DomainError(
      'invalid',
      `"${text.slice(0, 40)}" must be an instant in RFC 3339, such as "2026-03-05T18:00:00Z"`,
      pointer,
    );
  }
  return instant;
}

/** RFC 3339 in UTC, without milliseconds where there are none. */
export function instantText(instant: Date): string {
  return instant.toISOString().replace('.000Z', 'Z');
}
