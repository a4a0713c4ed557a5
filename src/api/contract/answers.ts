import type { Readable } from 'node:stream';
import type { Response } from 'express';
import { etagOf } from '../http/if-match.js';

/**
 * What an operation answers. `body` is sent as JSON; `raw` as it is; `stream` writes the answer itself.
 *
 * The types of `status` and `body` let the compiler hold a handler against the schemas that its operation promises.
 */
export interface Answer<Status extends number = number, Body = unknown> {
  readonly status: Status;
  readonly body?: Body;
  readonly raw?: { readonly contentType: string; readonly content: string | Buffer | Readable };
  readonly stream?: (res: Response) => void;
  readonly headers?: Readonly<Record<string, string>>;
}

interface AnswerOptions {
  /** of a versioned resource: becomes its ETag */
  readonly version?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

function headersOf(options: AnswerOptions): Record<string, string> {
  return { ...(options.version !== undefined && { ETag: etagOf(options.version) }), ...options.headers };
}

export function ok<Body>(body: Body, options: AnswerOptions = {}): Answer<200, Body> {
  return { status: 200, body, headers: headersOf(options) };
}

/** @param location path of the new resource */
export function created<Body>(location: string, body: Body, options: AnswerOptions = {}): Answer<201, Body> {
  return { status: 201, body, headers: { Location: location, ...headersOf(options) } };
}

/** Taken, and carried out later. */
export function accepted<Body>(body: Body, options: AnswerOptions = {}): Answer<202, Body> {
  return { status: 202, body, headers: headersOf(options) };
}

export function noContent(): Answer<204, undefined> {
  return { status: 204 };
}

/** Something else than JSON, as a page or a download. */
export function content(
  contentType: string,
  text: string | Buffer | Readable,
  options: AnswerOptions = {},
): Answer<200, undefined> {
  return { status: 200, raw: { contentType, content: text }, headers: headersOf(options) };
}

/** An answer that continues after the handler: `write` owns the answer, its head included, and ends it. */
export function streamed(write: (res: Response) => void): Answer<200, undefined> {
  return { status: 200, stream: write };
}
