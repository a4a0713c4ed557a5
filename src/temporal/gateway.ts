import type { RateNotificationControl } from '../contract/rate-notifications.js';
import type { CardPaymentControl } from '../contract/card-payments.js';
import type { CreditRequestControl } from '../contract/credit-requests.js';
import type { JobControl } from '../contract/jobs.js';
import type { MonitorActions } from '../contract/monitor-actions.js';
import type { ResetRuleInput } from '../contract/monitor-requests.js';
import type { CancelGrantInput, ChangeGrantInput, GrantView } from '../contract/temporary-credit.js';
import type { TaskControl } from '../contract/tasks.js';
import { DomainError } from '../domain/errors.js';
import type { Explanation } from '../domain/monitoring/explain.js';
import type { Actor } from '../domain/monitoring/state.js';

/** What is known of a monitor's run without asking the monitor itself. */
export interface MonitorRun {
  readonly status: 'running' | 'completed' | 'failed' | 'cancelled' | 'terminated' | 'timed_out' | 'continued';
  readonly runId: string;
  /** RFC 3339 */
  readonly startedAt: string;
  readonly historyLength: number;
}

/** Ends a run and begins another: the new one takes up what the read model kept. */
export interface RestartInput {
  readonly resellerId: string;
  readonly reason: string;
}

/** Sends an email once more under the same Message-ID. */
export interface ResendInput {
  readonly requestId: string;
  readonly reason: string;
  readonly actor: Actor;
}

/**
 * What the API asks of Temporal. Every method throws `TemporalUnavailable` when no answer can be had in time, and
 * `UpdateRefused` when the monitor refused, or could not do it now (`monitor_unavailable`). `explain` and `describe`
 * throw `TemporalUnavailable` for whatever keeps the monitor from answering, so that the read model can be shown
 * instead.
 *
 * Those with an `updateId` change something. They throw `OutcomePending` when it is not known whether they have;
 * repeated with the same `updateId` they change nothing a second time, and give the outcome; null instead of an
 * explanation: it was done before, and the monitor does not explain itself now.
 */
export interface TemporalGateway
  extends MonitorActions, JobControl, CreditRequestControl, CardPaymentControl, RateNotificationControl, TaskControl {
  explain(clientId: string): Promise<Explanation>;
  changeGrant(clientId: string, input: ChangeGrantInput, updateId: string): Promise<GrantView>;
  cancelGrant(clientId: string, input: CancelGrantInput, updateId: string): Promise<GrantView>;
  resetRule(clientId: string, input: ResetRuleInput, updateId: string): Promise<Explanation | null>;
  /** null: there never was a monitor for this client */
  describe(clientId: string): Promise<MonitorRun | null>;
  /** Begins monitoring; does nothing where it runs already. */
  start(clientId: string, resellerId: string): Promise<void>;
  restart(clientId: string, input: RestartInput): Promise<void>;
  resend(deliveryId: string, input: ResendInput): Promise<void>;
  /** Resolves when the Temporal server answers. */
  ping(): Promise<void>;
  /** Where a person sees the monitor in Temporal's own pages; null: not known. */
  uiUrl(clientId: string): string | null;
}

/** The monitor refused an update. It changed nothing, and asked again with the same id it is refused again. */
export class UpdateRefused extends DomainError {}

/** Temporal, or a worker, gave no answer in time: the request may be repeated. */
export class TemporalUnavailable extends Error {
  override readonly name: string = 'TemporalUnavailable';

  constructor(
    message: string,
    /** when to try again */
    readonly retryAfterSeconds = 5,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** The caller has stopped waiting: the monitor may have done what it was asked, or may still do it. */
export class OutcomePending extends TemporalUnavailable {
  override readonly name = 'OutcomePending';
}
