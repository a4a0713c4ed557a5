import { patched } from '@temporalio/workflow';

/**
 * Changes of what a running monitor asks for, by their names in histories (docs/versioning.md). Each is asked only
 * where the two ways part, so that a monitor to which it never mattered has no trace of it.
 */
const names = {
  /** a payment told before a request is recorded before it is answered */
  refillsFirst: 'refills-first',
  /** payments that still wait when the client is deleted are refused aloud, not dropped */
  refillsAtEnd: 'refills-at-end',
  /** a crossing that was noticed beside an edit or a reset is checked like any other */
  crossingsOwed: 'crossings-owed',
  /** staff is told once of a missing rate, and that it is there, also when the monitor was paused between */
  rateAlertKept: 'rate-alert-kept',
  /** a step of a credit that is done is not done again before the client could be read */
  creditStepWaits: 'credit-step-waits',
  /** a run does not end in the task in which it answered somebody: Temporal would forget the answer with that task */
  answersKept: 'answers-kept',
  /** what the read model could not be told is told again soon, not at the next step */
  toldAgain: 'told-again',
  /** an edit at the instant of a check that lengthens the interval puts the check off */
  checkPutOff: 'check-put-off',
} as const;

/** False only where a run of before the change is replayed. */
export function since(change: keyof typeof names): boolean {
  return patched(names[change]);
}
