import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { z } from '../../contract/zod.js';
import { problemAt } from '../../http/problem.js';

/**
 * What a preview saw of its clients, as one text that its caller returns: ids in their order, each as the distance from the
 * one before, which keeps 100,000 clients far below the longest body.
 */

const pointer = '#/seen';
/** A text of so many bytes has more than the largest job. */
const maxBytes = 8 * 1024 * 1024;

export const seen = z.string().min(1).max(900_000).openapi({
  description:
    '`seen` of the preview: a client that was changed since, or was not among its clients, is left alone and ends with `conflict`; absent: this is not checked',
});

export function seenText(clients: ReadonlyMap<string, string>): string {
  const sorted = [...clients].map(([id, value]) => [Number(id), value] as const).sort(([a], [b]) => a - b);
  let last = 0;
  const lines = sorted.map(([id, value]) => {
    const line = `${id - last} ${value}`;
    last = id;
    return line;
  });
  return deflateRawSync(lines.join('\n')).toString('base64url');
}

/** @throws ApiProblem `invalid` for what is no `seen` of a preview */
export function seenOrNull(text: string | undefined): ReadonlyMap<string, string> | null {
  if (text === undefined) return null;
  let last = 0;
  const clients = new Map<string, string>();
  for (const line of inflated(text).split('\n')) {
    const [, distance, value] = /^(\d{1,15}) ([\d/]{1,60})$/.exec(line) ?? [];
    if (distance === undefined || value === undefined) throw notSeen();
    last += Number(distance);
    if (!Number.isSafeInteger(last)) throw notSeen();
    clients.set(String(last), value);
  }
  return clients;
}

function inflated(text: string): string {
  try {
    return inflateRawSync(Buffer.from(text, 'base64url'), { maxOutputLength: maxBytes }).toString('utf8');
  } catch {
    throw notSeen();
  }
}

function notSeen(): Error {
  return problemAt('invalid', pointer, 'must be the `seen` of a preview, unchanged');
}
