import type { Response } from 'express';
import type { Answer } from './answers.js';
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

/** Sends what is not JSON: a page, a text, a download. */
export function sendRaw(res: Response, answer: Answer & { readonly raw: NonNullable<Answer['raw']> }): void {
  res.status(answer.status).set('Cache-Control', 'no-store');
  res.set('Content-Type', answer.raw.contentType);
  if (answer.headers) res.set(answer.headers);
  res.send(answer.raw.content);
}
