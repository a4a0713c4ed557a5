import { ActivityFailure, ApplicationFailure } from '@temporalio/workflow';

/** A refusal that names its field: the API shows it at that field. */
export function invalid(pointer: string, text: string): ApplicationFailure {
  return ApplicationFailure.nonRetryable(text, 'invalid', { pointer });
}

/** Nothing was changed; the caller may ask again. */
export function unavailable(): ApplicationFailure {
  return ApplicationFailure.nonRetryable(
    'the monitor could not do this now: try again in a minute',
    'monitor_unavailable',
  );
}

/**
 * An activity that could not be done. The failure of a local one comes as it was thrown, without the wrapping that
 * other activities' have: taken for a defect it would end the monitor.
 */
export function isActivityFailure(error: unknown): error is ActivityFailure | ApplicationFailure {
  return error instanceof ActivityFailure || error instanceof ApplicationFailure;
}

/** An activity that said no, as against one that could not be done. */
export function isRefusal(error: unknown): error is ActivityFailure {
  return (
    error instanceof ActivityFailure && error.cause instanceof ApplicationFailure && error.cause.nonRetryable === true
  );
}
