import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express';
import { DomainError } from '../../domain/errors.js';
import { CommitUnknown, isDatabaseError } from '../../storage/system/database-errors.js';
import { OutcomePending, TemporalUnavailable } from '../../temporal/gateway.js';
import type { ApiContext } from '../context.js';
import { databaseProblem, retryAfterSeconds } from '../http/answer-bound.js';
import { changePending } from '../http/late-problem.js';
import { supportsIdempotencyKey } from '../http/idempotency.js';
import { ApiProblem, problemAt } from '../http/problem.js';
import { problemSpecs } from '../http/problem-codes.js';
import { problemDocument } from '../http/problem-document.js';
import { stateOf } from '../http/request-state.js';

/** Every address that nothing answers. */
export const notFoundHandler: RequestHandler = (req) => {
  throw new ApiProblem('not_found', `${req.method} ${req.path.slice(0, 200)} does not exist: check the path in /docs`);
};

/** Turns whatever was thrown into one problem document (RFC 9457). */
export function problemHandler(context: ApiContext): ErrorRequestHandler {
  return (error: unknown, req, res, next) => {
    const problem = problemOf(error, req);
    if (problem.code === 'internal') {
      context.logger.error({ err: error, requestId: stateOf(req).requestId }, 'unexpected error');
    }
    if (res.headersSent) return next(error);
    sendProblem(context, problem, req, res);
  };
}

function sendProblem(context: ApiContext, problem: ApiProblem, req: Request, res: Response): void {
  const { requestId } = stateOf(req);
  const status = problemSpecs[problem.code].status;
  const { retryAfterSeconds, headers } = problem.options;
  if (headers) res.set(headers);
  if (retryAfterSeconds !== undefined) res.set('Retry-After', String(retryAfterSeconds));
  const body = problemDocument(context.config, problem, requestId);
  stateOf(req).sentBody = body;
  res.status(status).set('Cache-Control', 'no-store').type('application/problem+json').send(body);
}

function problemOf(error: unknown, req: Request): ApiProblem {
  if (error instanceof ApiProblem) return error;
  if (error instanceof DomainError) return ofDomain(error);
  if (error instanceof OutcomePending) {
    return new ApiProblem(
      'outcome_pending',
      'The monitor has not answered yet, and the change may still take effect. Repeat the request with the same Idempotency-Key.',
      { retryAfterSeconds: error.retryAfterSeconds },
    );
  }
  if (error instanceof TemporalUnavailable) {
    return new ApiProblem(
      'temporal_unavailable',
      'the monitor did not respond in time: try again with the same Idempotency-Key or id',
      {
        retryAfterSeconds: error.retryAfterSeconds,
      },
    );
  }
  if (error instanceof CommitUnknown && req.method !== 'GET') {
    const { operation } = stateOf(req);
    return changePending(operation !== null && supportsIdempotencyKey(operation));
  }
  if (isDatabaseError(error)) {
    return databaseProblem('the database is unreachable');
  }
  return (
    ofParser(error) ?? new ApiProblem('internal', 'unexpected error; the log has its details under the request id')
  );
}

function ofDomain(error: DomainError): ApiProblem {
  const retry = error.code === 'monitor_unavailable' ? { retryAfterSeconds } : {};
  const errors = [error, ...error.others]
    .filter(({ pointer }) => pointer !== '')
    .map(({ code, pointer, message }) => ({ pointer: `#${pointer}`, code, detail: message }));
  return new ApiProblem(error.code, error.message, { ...retry, ...(errors.length > 0 && { errors }) });
}

/** What express and its body parsers throw: errors with a `type` or a `status`. */
function ofParser(error: unknown): ApiProblem | null {
  if (typeof error !== 'object' || error === null) return null;
  const type = 'type' in error ? error.type : undefined;
  const status = 'status' in error ? error.status : undefined;
  if (type === 'entity.too.large')
    return problemAt('body_too_large', '#', `must be up to ${limitOf(error) / 1_048_576} MiB`);
  if (type === 'entity.parse.failed')
    return problemAt('malformed_json', '#', jsonError('message' in error ? String(error.message) : ''));
  if (status === 415)
    return problemAt('unsupported_media_type', '#', 'send UTF-8, plain or compressed with gzip, deflate or br');
  if ('name' in error && error.name === 'URIError')
    return problemAt('not_found', '#/path', 'this path does not exist: check it in /docs');
  if (typeof status === 'number' && status >= 400 && status < 500)
    return problemAt('invalid', '#', 'the request is not readable: check its headers and body');
  return null;
}

function limitOf(error: object): number {
  return 'limit' in error && typeof error.limit === 'number' ? error.limit : 1_048_576;
}

/** Says where the JSON breaks, without the text around it. */
function jsonError(message: string): string {
  const [position] = /position \d+/.exec(message) ?? [];
  return position
    ? `the body is not JSON: syntax error at ${position}`
    : 'the body is not JSON: it is incomplete, or of another format';
}
