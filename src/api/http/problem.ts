import type { FaultCode } from '../../mail/guard/faults.js';
import type { ProblemCode } from './problem-codes.js';

/** One fault within a request. */
export interface FieldError {
  /** `#/rules/1/threshold` in the body, `#/query/limit`, `#/path/id`, `#/headers/if-match` elsewhere */
  readonly pointer: string;
  /** a word for programs: `required`, `unknown_field`, `wrong_type`, ... or the problem's own code */
  readonly code: string;
  /** the reason and the remedy, for people */
  readonly detail: string;
  /** of an email template: what is wrong, where, as the preview says it */
  readonly fault?: TemplateFault;
}

interface TemplateFault {
  readonly part: 'subject' | 'html' | 'text';
  readonly line: number;
  readonly column: number;
  readonly code: FaultCode;
  readonly parameters: Readonly<Record<string, string>>;
}

interface ProblemOptions {
  readonly errors?: readonly FieldError[];
  readonly retryAfterSeconds?: number;
  /** the resource as it is now, where a version was stale */
  readonly current?: unknown;
  /** what the request would do, where that has to be confirmed */
  readonly preview?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A refusal by the API itself; answered as `application/problem+json`. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';

  constructor(
    readonly code: ProblemCode,
    /** plain words for the caller: no internals, no secrets */
    message: string,
    readonly options: ProblemOptions = {},
  ) {
    super(message);
  }
}

/** A refusal that points at one place of the request. */
export function problemAt(
  code: ProblemCode,
  pointer: string,
  detail: string,
  options: ProblemOptions = {},
): ApiProblem {
  return new ApiProblem(code, detail, { ...options, errors: [{ pointer, code, detail }] });
}
