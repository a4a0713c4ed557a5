import {
  isGrpcServiceError,
  QueryNotRegisteredError,
  QueryRejectedError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
  type Client,
} from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { isFailureCode } from '../domain/errors.js';
import { OutcomePending, TemporalUnavailable, UpdateRefused } from './gateway.js';

/** Gives the call its deadline, and distinguishes refusals from a Temporal that does not answer. */
export async function answered<T>(client: Client, withinMs: number, call: () => Promise<T>): Promise<T> {
  try {
    return await client.withDeadline(Date.now() + withinMs, call);
  } catch (error) {
    throw plainError(error);
  }
}

/**
 * As `answered`, for what only reads: whatever keeps the monitor from answering (no worker, a workflow task that fails,
 * a rejected query, a missing workflow), the caller can show the read model instead.
 */
export async function read<T>(client: Client, withinMs: number, call: () => Promise<T>): Promise<T> {
  try {
    return await answered(client, withinMs, call);
  } catch (error) {
    if (error instanceof TemporalUnavailable) throw error;
    throw new TemporalUnavailable('the monitor is not able to respond now', undefined, { cause: error });
  }
}

/** As `answered`, for a call that changes something: without an answer it may have done so. */
export async function changed<T>(client: Client, withinMs: number, call: () => Promise<T>): Promise<T> {
  try {
    return await client.withDeadline(Date.now() + withinMs, call);
  } catch (error) {
    throw isAnswerMissing(error) ? new OutcomePending('the monitor did not respond in time') : plainError(error);
  }
}

/** The call has ended before its answer came. A server that is not reached at all has begun nothing. */
function isAnswerMissing(error: unknown): boolean {
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) return true;
  const cause = error instanceof Error && !isGrpcServiceError(error) ? error.cause : error;
  return isGrpcServiceError(cause) && (cause.code === grpcCodes.deadlineExceeded || cause.code === grpcCodes.cancelled);
}

/** Of gRPC's status codes those that a caller here distinguishes. */
const grpcCodes = { cancelled: 1, deadlineExceeded: 4 } as const;

function plainError(error: unknown): unknown {
  if (error instanceof WorkflowUpdateFailedError && error.cause instanceof ApplicationFailure)
    return refusal(error.cause);
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError)
    return new TemporalUnavailable('the monitor did not respond in time');
  if (error instanceof WorkflowNotFoundError) return new TemporalUnavailable('the monitor is not running yet');
  // What the SDK calls it when the run cannot be replayed, or its code is not the one that answers.
  if (error instanceof QueryNotRegisteredError || error instanceof QueryRejectedError) {
    return new TemporalUnavailable('the monitor returned no explanation');
  }
  if (isGrpcServiceError(error)) return new TemporalUnavailable('Temporal is not responding');
  if (error instanceof Error && error.cause !== undefined && isGrpcServiceError(error.cause)) {
    return new TemporalUnavailable('Temporal is not responding');
  }
  return error;
}

/** A failure without a code is the server's own: the run ended, or a task was lost, while it carried the update out. */
function refusal(failure: ApplicationFailure): Error {
  const code = failure.type ?? '';
  if (!isFailureCode(code)) return new OutcomePending('the monitor was interrupted');
  const [detail] = (failure.details ?? []) as readonly { readonly pointer?: string }[];
  return new UpdateRefused(code, failure.message, detail?.pointer ?? '');
}
