import {
  allHandlersFinished,
  condition,
  setCurrentDetails,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import type { MonitorInput } from '../../contract/monitor.js';
import { lowwaterState } from '../../contract/search-attributes.js';
import type { ClientState } from '../../domain/monitoring/client-state.js';
import type { MonitorCommand, MonitorEvent } from '../../domain/monitoring/commands.js';
import { explainState, summarizeState, type Explanation } from '../../domain/monitoring/explain.js';
import { nextWake, type WakeReason } from '../../domain/monitoring/next-wake.js';
import { toSecond } from '../../domain/monitoring/schedule.js';
import { initialState, stateVersion, toCarriedState, type MonitorState } from '../../domain/monitoring/state.js';
import { step } from '../../domain/monitoring/step.js';
import { refusalFailure } from '../failures.js';
import { Answers } from './answers.js';
import { Deliveries } from './deliver.js';
import { formatDetails } from './details.js';
import { EventReporter } from './event-reporter.js';
import { Inbox } from './inbox.js';
import { writeState } from './publish.js';
import { WakeTimer } from './wake-timer.js';

/** A run that has only just begun does not end, whatever the settings say: it would do nothing else. */
const minRunEvents = 16;

/** More events than a run has. */
const maxRunEvents = 100_000;

const wakeSummaries: Readonly<Record<WakeReason, string>> = {
  check: 'next check',
  credit_start: 'temporary credit starts',
  credit_expiring: 'temporary credit ends soon',
  credit_revert: 'temporary credit ends',
  silence_end: 'silence ends',
  silence_window: 'silence over many clients starts or ends',
  rule: 'a rule may notify',
  balance_unknown: 'read the unknown balance',
  evaluation: 'evaluate',
  publish: 'retry writing',
};

/** One client's monitor as a workflow: its state, what arrived, and what is being done for it. */
export class MonitorContext {
  readonly clientId: string;
  /** no run before this one handed its state over: this is the first, or the one before was lost */
  readonly isFirstRun: boolean;
  isClientDeleted = false;
  /** scheduled ones */
  checksInRun = 0;
  /** scheduled, manual, and those after a change */
  evaluationsInRun = 0;
  state: MonitorState;
  /** the state that Temporal's search attribute shows */
  indexedState: ClientState;
  readonly inbox = new Inbox();
  readonly answers = new Answers();
  readonly deliveries = new Deliveries();
  readonly timer = new WakeTimer();
  readonly events: EventReporter;
  /** a step wants the state to be written; the loop does that before anything else */
  isWriteDue = false;

  constructor({ clientId, state }: MonitorInput) {
    this.clientId = clientId;
    const carried = state?.version === stateVersion ? state : null;
    this.isFirstRun = carried === null;
    this.state = carried ?? initialState(clientId, this.now());
    this.indexedState = this.state.clientState;
    this.events = new EventReporter(clientId);
  }

  /** Numbers the workflow tasks of a client: a task that is repeated because it failed has the same number. */
  get taskNumber(): number {
    return this.state.runs * maxRunEvents + workflowInfo().historyLength;
  }

  /** The workflow's clock in ms, cut to the second. */
  now(): number {
    return toSecond(Date.now());
  }

  /** Takes in one event and executes the commands that follow from it. */
  take(event: MonitorEvent, now: number): void {
    const { state, commands } = step(this.state, event, now);
    this.state = state;
    for (const command of commands) this.execute(command, now);
  }

  takeDeliveryOutcomes(now: number): void {
    for (const ended of this.deliveries.ended.splice(0)) this.take({ type: 'deliveryEnded', ...ended }, now);
  }

  /** Shows the state to Temporal's search and writes it with its records to the database. */
  async publish(now: number): Promise<void> {
    this.isWriteDue = false;
    const { clientState } = this.state;
    if (clientState !== this.indexedState) {
      upsertSearchAttributes([{ key: lowwaterState, value: clientState }]);
      this.indexedState = clientState;
    }
    this.take({ type: (await writeState(this.state, now)) ? 'published' : 'writeFailed' }, this.now());
  }

  private execute(command: MonitorCommand, now: number): void {
    switch (command.type) {
      case 'notify': {
        const { type: _type, ...notification } = command;
        this.deliveries.start({ clientId: this.clientId, ...notification }, now);
        return;
      }
      case 'cancelDelivery':
        this.deliveries.cancel(command, 'called_off');
        return;
      case 'notifyCredit': {
        const { type: _type, ...notice } = command;
        this.deliveries.startCredit({ clientId: this.clientId, ...notice });
        return;
      }
      case 'raiseEvent':
        this.events.raise(command.kind, command.at);
        return;
      case 'publish':
        this.isWriteDue = true;
        return;
      case 'answer':
        this.answer(command);
    }
  }

  private answer({ requestId, answer }: MonitorCommand & { type: 'answer' }): void {
    switch (answer.kind) {
      case 'refused':
        return this.answers.reject(requestId, refusalFailure(answer));
      case 'checked': {
        const { state, available, verdicts } = answer.check;
        return this.answers.resolve(requestId, { at: answer.at, state, available, verdicts });
      }
      case 'done':
        return this.answers.resolve(requestId, this.explain());
    }
  }

  // --- what is due -------------------------------------------------------------------------------------------------

  /** True when the database may be asked: the wait after a failed read is over. */
  canRead(now: number): boolean {
    return now >= (this.state.retry.readAt ?? 0);
  }

  dueWork(now: number): WakeReason | null {
    const { at, reason } = nextWake(this.state);
    return at <= now ? reason : null;
  }

  /** At a quiet moment a long run hands over to a new one, because replaying a long history is what costs. */
  shouldContinueAsNew(): boolean {
    const { historyLength, continueAsNewSuggested } = workflowInfo();
    const options = this.state.config?.options;
    const isLong =
      continueAsNewSuggested ||
      (options !== undefined &&
        (historyLength >= Math.max(options.continueAfterEvents, minRunEvents) ||
          this.checksInRun >= options.continueAfterChecks));
    return isLong && this.isIdle && this.inbox.isEmpty && this.areUpdatesSettled(continueAsNewSuggested);
  }

  private areUpdatesSettled(isUrgent: boolean): boolean {
    return allHandlersFinished() && (isUrgent || !this.answers.answeredInThisTask);
  }

  /** Nothing that the monitor started is still running, and every outcome is taken in. */
  get isIdle(): boolean {
    return this.deliveries.count === 0 && this.events.count === 0 && this.deliveries.ended.length === 0;
  }

  toContinueAsNewInput(): MonitorInput {
    return { clientId: this.clientId, state: toCarriedState(this.state) };
  }

  // --- sleeping ----------------------------------------------------------------------------------------------------

  sleep(now: number): Promise<void> {
    setCurrentDetails(
      formatDetails(summarizeState(this.state, this.runFigures, now), this.state.config?.options.publicUrl ?? null),
    );
    const { at, reason } = nextWake(this.state);
    this.timer.set(at, wakeSummaries[reason]);
    return condition(() => this.timer.hasFired || this.hasWork(now));
  }

  private hasWork(sleepingSince: number): boolean {
    if (this.deliveries.ended.length > 0 || this.isClientDeleted) return true;
    // Not by the clock: the task of a rejected request leaves nothing in the history, and a replay would not have the task
    // in which the time had come. When the wait after a failed read is over, the timer fires.
    if (!this.inbox.isEmpty && this.canRead(sleepingSince)) return true;
    return this.shouldContinueAsNew();
  }

  private get runFigures(): { checks: number; deliveries: number } {
    return { checks: this.evaluationsInRun, deliveries: this.deliveries.count };
  }

  explain(): Explanation {
    return explainState(this.state, this.runFigures, this.now());
  }
}
