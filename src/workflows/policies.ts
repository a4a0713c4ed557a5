import type { ActivityOptions, LocalActivityOptions } from '@temporalio/workflow';
import { ActivityCancellationType } from '@temporalio/workflow';
import { effectsQueue, jobsQueue } from '../contract/ids.js';
import { hourMs, minuteMs } from '../domain/durations.js';
import { failureCodes } from '../domain/errors.js';

/**
 * How each kind of side effect is retried, and why. A refusal that a person must learn of is never retried: its type is
 * one of the domain's failure codes.
 */

const refusals = [...failureCodes];

/**
 * Reading the client: quick and harmless to repeat. Up to three attempts in the same workflow task; then the loop
 * retries later, so that a database that is down does not keep thousands of tasks busy. All attempts end before the
 * task's heartbeat at 8 s: a run whose local activity times out together with heartbeats and new signals can be lost to
 * its worker's cache until the worker is restarted ("Extra buffered run" of the SDK's core).
 */
export const readPolicy: LocalActivityOptions = {
  startToCloseTimeout: '3s',
  scheduleToCloseTimeout: '5s',
  retry: { initialInterval: '200ms', backoffCoefficient: 2, maximumAttempts: 3 },
};

/**
 * Writing the state and its records: every record is kept once, so the write may be repeated. What cannot
 * be written stays in the state, and the loop retries later. Shorter than a read, which may come before it in one task.
 */
export const publishPolicy: LocalActivityOptions = {
  startToCloseTimeout: '2s',
  scheduleToCloseTimeout: '3s',
  retry: { initialInterval: '200ms', backoffCoefficient: 2, maximumAttempts: 3 },
};

/**
 * Writing payments and credit to the database: idempotent by a key of the caller's, so it may be repeated. A caller
 * waits for the answer, so it is given up after a minute; the loop retries later where it must.
 */
export const writePolicy: ActivityOptions = {
  taskQueue: effectsQueue,
  startToCloseTimeout: '10s',
  scheduleToCloseTimeout: '60s',
  retry: { initialInterval: '500ms', backoffCoefficient: 2, maximumInterval: '10s', nonRetryableErrorTypes: refusals },
};

/** How long a notification waits for the mail server. */
export const deliveryWindowMs = 30 * minuteMs;

/**
 * Sending the deliveries of one notification: claimed in the database first, so an attempt that died is found and never
 * doubled. A recipient refused for now is retried after 10, 30, 70, 130 ... seconds until the window closes. A server
 * may take 10 minutes for its reply to the data (RFC 5321), so an attempt may take 15. A worker that died is noticed by
 * its missing heartbeat. A canceled activity still says how it ended, because the message may be out.
 */
export const deliveryPolicy: ActivityOptions = {
  taskQueue: effectsQueue,
  startToCloseTimeout: '15m',
  heartbeatTimeout: '6s',
  cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
  retry: { initialInterval: '10s', backoffCoefficient: 2, maximumInterval: '60s', nonRetryableErrorTypes: refusals },
};

/** Retries until it succeeds; no caller waits for the result. */
export const bookkeepingPolicy: ActivityOptions = {
  taskQueue: effectsQueue,
  startToCloseTimeout: '10s',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '5m' },
};

/** How long an email that announces rates is retried while the mail server refuses it. */
export const rateDeliveryWindowMs = 24 * hourMs;

/** Making the files of a rate notification: up to 100,000 rates. Retried until the database keeps them. */
export const rateFilePolicy: ActivityOptions = {
  taskQueue: effectsQueue,
  startToCloseTimeout: '5m',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '5m' },
};

/**
 * A step of a card payment: the gateway has 30 seconds for its answer. Retried until the database takes what it did: a step
 * whose worker died begins with a look-up.
 */
export const cardPaymentPolicy: ActivityOptions = {
  taskQueue: effectsQueue,
  startToCloseTimeout: '90s',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '5m' },
};

/**
 * One batch of a job: a second of work, and what its last row may wait for a monitor. Retried until it succeeds, because
 * the rows know what is left. Without a heartbeat: an attempt whose worker died is made again after the time-out.
 */
export const jobBatchPolicy: ActivityOptions = {
  taskQueue: jobsQueue,
  startToCloseTimeout: '30s',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1m' },
};

/** Work on the fleet by a Schedule: the next run does what this one could not. */
export const fleetPolicy: ActivityOptions = {
  taskQueue: effectsQueue,
  startToCloseTimeout: '5m',
  heartbeatTimeout: '30s',
  retry: { initialInterval: '5s', backoffCoefficient: 2, maximumAttempts: 3 },
};

/**
 * One round over the emails about companies: as long as their deliveries take, one after another. A worker that died is noticed by its
 * missing heartbeat, and the rows say what is left.
 */
export const companyMailPolicy: ActivityOptions = {
  taskQueue: effectsQueue,
  startToCloseTimeout: '30m',
  heartbeatTimeout: '10s',
  retry: { initialInterval: '5s', backoffCoefficient: 2, maximumInterval: '60s', maximumAttempts: 5 },
};
