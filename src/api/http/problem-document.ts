import type { Config } from '../../config.js';
import { withoutEndSlash } from '../../domain/urls.js';
import type { ApiProblem } from './problem.js';
import { problemSpecs } from './problem-codes.js';

/** A refusal as it is sent: `application/problem+json` (RFC 9457). */
export function problemDocument(config: Pick<Config, 'PUBLIC_URL'>, problem: ApiProblem, requestId: string): string {
  const { code, message, options } = problem;
  const { errors, retryAfterSeconds, current, preview } = options;
  return JSON.stringify({
    type: `${withoutEndSlash(config.PUBLIC_URL ?? '')}/docs/errors#${code}`,
    title: problemSpecs[code].title,
    status: problemSpecs[code].status,
    detail: message,
    instance: `urn:request:${requestId}`,
    code,
    requestId,
    errors: errors ?? [],
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
    ...(current !== undefined && { current }),
    ...(preview !== undefined && { preview }),
  });
}
