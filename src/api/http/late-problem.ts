import type { Operation } from '../contract/operation.js';
import { retryAfterSeconds, unchanged } from './answer-bound.js';
import { supportsIdempotencyKey } from './idempotency.js';
import { ApiProblem } from './problem.js';

/** A change was begun, and nothing says whether it was made. */
export function changePending(takesIdempotencyKey: boolean): ApiProblem {
  return new ApiProblem(
    'outcome_pending',
    `The change was not confirmed in time and may still take effect. ${
      takesIdempotencyKey
        ? 'Repeat the request with the same Idempotency-Key.'
        : 'Check whether it did before you repeat the request.'
    }`,
    { retryAfterSeconds },
  );
}

/** What is answered when the time of an operation is over. */
export function lateProblem(operation: Operation): (hasCommitted: boolean) => ApiProblem {
  const mayAskMonitor = operation.problems.includes('outcome_pending');
  return (hasCommitted) =>
    hasCommitted || mayAskMonitor ? changePending(supportsIdempotencyKey(operation)) : unchanged();
}
