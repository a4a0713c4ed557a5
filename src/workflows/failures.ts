import { ActivityFailure, ApplicationFailure, TemporalFailure } from '@temporalio/workflow';
import type { RequestAnswer } from '../domain/monitoring/commands.js';

/** A refusal that names its field: the API shows it at that field. */
export function invalid(pointer: string, text: string): ApplicationFailure {
  return ApplicationFailure.nonRetryable(text, 'invalid', { pointer });
}

export function clientDeleted(): ApplicationFailure {
  return ApplicationFailure.nonRetryable('the client is deleted', 'client_deleted');
}

/** Nothing was changed; the caller may ask again. */
export function monitorUnavailable(): ApplicationFailure {
  return ApplicationFailure.nonRetryable(
    'the monitor could not do this now: try again in a minute',
    'monitor_unavailable',
  );
}

export function refusalFailure({ code, message, pointer }: RequestAnswer & { kind: 'refused' }): ApplicationFailure {
  return ApplicationFailure.nonRetryable(message, code, { pointer });
}

/**
 * Returns for any failure of an activity, all of which mean that it could not be done now. The same failure of a local
 * activity arrives in one class when it happens and in another when the history is replayed (`ActivityFailure`, then
 * the bare `TimeoutFailure`), so nothing may depend on its class, cause, or text.
 *
 * @throws the error itself when it is no failure of Temporal's but a defect of the workflow
 */
export function requireActivityFailure(error: unknown): asserts error is TemporalFailure {
  if (!(error instanceof TemporalFailure)) throw error;
}

/** The refusal of a regular activity: it said no, as against one that could not be done; null: no refusal. */
export function refusalOf(error: unknown): ApplicationFailure | null {
  const cause = error instanceof ActivityFailure ? error.cause : null;
  return cause instanceof ApplicationFailure && cause.nonRetryable === true ? cause : null;
}
