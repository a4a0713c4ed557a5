import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express';
import { DomainError } from '../../domain/errors.js';
import { withoutEndSlash } from '../../domain/urls.js';
import { isDatabaseFault } from '../../storage/system/database-faults.js';
import { OutcomePending, TemporalUnavailable } from '../../temporal/gateway.js';
import type { ApiContext } from '../context.js';
import { ApiProblem, problemAt, problemTexts, statusOf } from '../http/problem.js';
import { stateOf } from '../http/request-state.js';

/** Every address that nothing answers. */
export const nothingHere: RequestHandler = (req) => {
  throw new ApiProblem('not_found', `there is nothing under ${req.method} ${req.path.slice(0, 200)}`);
};

/** Turns whatever was thrown into one problem document (RFC 9457). */
export function answerProblems(context: ApiContext): ErrorRequestHandler {
  return (error: unknown, req, res, next) => {
    const problem = problemOf(error);
    if (problem.code === 'internal') {
      context.logger.error({ err: error, requestId: stateOf(req).requestId }, 'unexpected fault');
    }
    if (res.headersSent) return next(error);
    sendProblem(context, problem, req, res);
  };
}

function sendProblem(context: ApiContext, problem: ApiProblem, req: Request, res: Response): void {
  const { requestId } = stateOf(req);
  const status = statusOf(problem.code);
  const { retryAfterSeconds, current, preview, headers, errors } = problem.options;
  if (headers) res.set(headers);
  if (retryAfterSeconds !== undefined) res.set('Retry-After', String(retryAfterSeconds));
  const body = JSON.stringify({
    type: `${withoutEndSlash(context.config.PUBLIC_URL ?? '')}/docs/errors#${problem.code}`,
    title: problemTexts[problem.code].title,
    status,
    detail: problem.message,
    instance: `urn:request:${requestId}`,
    code: problem.code,
    requestId,
    errors: errors ?? [],
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
    ...(current !== undefined && { current }),
    ...(preview !== undefined && { preview }),
  });
  stateOf(req).sentBody = body;
  res.status(status).set('Cache-Control', 'no-store').type('application/problem+json').send(body);
}

const retryAfterSeconds = 5;

function problemOf(error: unknown): ApiProblem {
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
      'the monitor gave no answer in time; try again with the same Idempotency-Key or id',
      {
        retryAfterSeconds: error.retryAfterSeconds,
      },
    );
  }
  if (isDatabaseFault(error)) {
    return new ApiProblem('database_unavailable', 'the database cannot be reached now', { retryAfterSeconds });
  }
  return ofParser(error) ?? new ApiProblem('internal', 'an unexpected fault; it is logged under the request id');
}

function ofDomain(error: DomainError): ApiProblem {
  const retry = error.code === 'monitor_unavailable' ? { retryAfterSeconds } : {};
  return error.pointer === ''
    ? new ApiProblem(error.code, error.message, retry)
    : problemAt(error.code, `#${error.pointer}`, error.message, retry);
}

/** What express and its body parsers throw: errors with a `type` or a `status`. */
function ofParser(error: unknown): ApiProblem | null {
  if (typeof error !== 'object' || error === null) return null;
  const type = 'type' in error ? error.type : undefined;
  const status = 'status' in error ? error.status : undefined;
  if (type === 'entity.too.large') return problemAt('body_too_large', '#', 'the body may have at most 1 MiB');
  if (type === 'entity.parse.failed')
    return problemAt('malformed_json', '#', jsonFault('message' in error ? String(error.message) : ''));
  if (status === 415)
    return problemAt('unsupported_media_type', '#', 'send UTF-8, plain or compressed with gzip, deflate or br');
  if ('name' in error && error.name === 'URIError')
    return problemAt('not_found', '#/path', 'there is nothing under this address');
  if (typeof status === 'number' && status >= 400 && status < 500)
    return problemAt('invalid', '#', 'the request could not be read');
  return null;
}

/** Says where the JSON breaks, without the text around it. */
function jsonFault(message: string): string {
  const [position] = /position \d+/.exec(message) ?? [];
  return position
    ? `the body is not JSON: it breaks at ${position}`
    : 'the body is not JSON: it ends too early or is no JSON at all';
}
