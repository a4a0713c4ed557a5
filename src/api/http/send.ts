import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';
import type { Answer } from '../contract/answers.js';
import { stateOf } from './request-state.js';

/** An answer as it goes out. */
export interface SentAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

export function jsonAnswer(answer: Answer): SentAnswer {
  return {
    status: answer.status,
    headers: answer.headers ?? {},
    body: answer.body === undefined ? null : JSON.stringify(answer.body),
  };
}

export function sendJson(res: Response, answer: SentAnswer): void {
  stateOf(res.req).sentBody = answer.body;
  res.status(answer.status).set('Cache-Control', 'no-store').set(answer.headers);
  if (answer.body === null) res.end();
  else res.type('application/json').send(answer.body);
}

/**
 * Sends what is not JSON: a page, a text, a download. A stream that breaks breaks the connection too, so that half a
 * download is not taken for a whole one.
 */
export async function sendRaw(
  res: Response,
  answer: Answer & { readonly raw: NonNullable<Answer['raw']> },
): Promise<void> {
  res.status(answer.status).set('Cache-Control', 'no-store');
  res.set('Content-Type', answer.raw.contentType);
  if (answer.headers) res.set(answer.headers);
  const { content } = answer.raw;
  if (content instanceof Readable) await streamed(content, res);
  else res.send(content);
}

async function streamed(content: Readable, res: Response): Promise<void> {
  try {
    await pipeline(content, res);
  } catch (error) {
    if (!isClientDisconnect(error)) throw error;
  }
}

/** The client may disconnect early; this is not an error. */
function isClientDisconnect(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE';
}
