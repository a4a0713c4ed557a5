import { allHandlersFinished, condition, workflowInfo } from '@temporalio/workflow';
import type { Explanation, MonitorInput } from '../contract/monitor.js';
import { toSecond } from '../domain/schedule.js';
import { freshState } from './carried-state.js';
import { Deliveries } from './deliveries.js';
import { explainRules } from './explain.js';
import { Inbox } from './inbox.js';
import { since } from './patches.js';
import { listenToRequests } from './requests.js';
import { Retries } from './retries.js';
import { StaffAlerts } from './staff-alerts.js';
import { Watch } from './watch.js';

/** A run that has only just begun is not long, whatever the settings say: it would do nothing but end. */
const shortestRunEvents = 16;

/**
 * One client's monitor: its parts, what of its work is due, and when it is to be woken. The steps themselves stand in
 * steps.ts and credit.ts, what they share in looking.ts and deciding.ts; the function `monitor` says in which order
 * they are taken.
 */
export class Monitor {
  readonly clientId: string;
  /** nobody watched the client just before: the first run, or one after a run that was lost */
  readonly isFresh: boolean;
  /** the client is deleted: the monitor ends */
  over = false;
  checksInRun = 0;
  readonly watch: Watch;
  readonly inbox = new Inbox();
  readonly deliveries = new Deliveries();
  readonly alerts: StaffAlerts;
  readonly retries = new Retries();

  constructor({ clientId, carried }: MonitorInput, now: number) {
    this.clientId = clientId;
    this.isFresh = !carried;
    this.alerts = new StaffAlerts(clientId);
    this.watch = new Watch(clientId, carried ?? freshState(now));
    // The run before could not tell the read model what it knew.
    if (carried?.published === '' && since('toldAgain')) this.retries.tellAt = now;
  }

  now(): number {
    return toSecond(Date.now());
  }

  listen(): void {
    this.inbox.listen();
    listenToRequests(this, this.inbox);
  }

  // --- what is due -------------------------------------------------------------------------------------------------

  get hasEndedDeliveries(): boolean {
    return this.deliveries.ended.length > 0;
  }

  creditStepDue(now: number): boolean {
    const step = this.watch.creditStep(now);
    return step !== null && now >= Math.max(step.at, this.retries.creditAt);
  }

  hasArrivals(now: number): boolean {
    return this.inbox.hasRequests || (!this.inbox.isEmpty && now >= this.retries.at);
  }

  checkDue(now: number): boolean {
    return now >= Math.max(this.watch.nextCheckAt, this.retries.at);
  }

  silenceEnded(now: number): boolean {
    const ends = this.watch.silenceEndsAt;
    return ends !== null && now >= ends;
  }

  tellingDue(now: number): boolean {
    const { tellAt } = this.retries;
    return tellAt !== null && now >= tellAt;
  }

  /** At a quiet moment a long run hands over to a new one: replaying a long history is what costs. */
  mayRenew(): boolean {
    const { historyLength, continueAsNewSuggested } = workflowInfo();
    const options = this.watch.config?.options;
    const long =
      continueAsNewSuggested ||
      (options !== undefined &&
        (historyLength >= Math.max(options.continueAfterEvents, shortestRunEvents) ||
          this.checksInRun >= options.continueAfterChecks));
    return long && this.isIdle && !this.hasEndedDeliveries && this.inbox.isEmpty && this.answersAreKept();
  }

  /**
   * A task that ends a run fails where a signal comes meanwhile, and is done again without the requests that it had
   * answered: whoever asked is told of a failure, and what the database was told stays. So a run ends in a later task;
   * where every task answers somebody, when the server says that it is high time.
   */
  private answersAreKept(): boolean {
    return !this.inbox.hasJustAnswered || workflowInfo().continueAsNewSuggested || !since('answersKept');
  }

  /** Nothing that the monitor began is still going on. */
  get isIdle(): boolean {
    return this.deliveries.count === 0 && this.alerts.count === 0;
  }

  carry(): MonitorInput {
    return { v: 1, clientId: this.clientId, carried: this.watch.carry() };
  }

  // --- sleeping ----------------------------------------------------------------------------------------------------

  async sleep(now: number): Promise<void> {
    const { at, summary } = this.nextWake(now);
    await condition(() => this.isStirred(), Math.max(1, at - Date.now()), { summary });
  }

  private isStirred(): boolean {
    return this.hasEndedDeliveries || this.hasArrivals(this.now()) || (this.mayRenew() && allHandlersFinished());
  }

  /** The one outstanding timer: the earliest of check, step of the credit, end of a silence, next try. */
  private nextWake(now: number): { readonly at: number; readonly summary: string } {
    const { watch, retries } = this;
    const wakes = [{ at: Math.max(watch.nextCheckAt, retries.at), summary: 'next check' }];
    const step = watch.creditStep(now);
    if (step) wakes.push({ at: Math.max(step.at, retries.creditAt), summary: `credit ${step.step}` });
    if (watch.silenceEndsAt !== null) wakes.push({ at: watch.silenceEndsAt, summary: 'silence ends' });
    if (!this.inbox.isEmpty && retries.at > now) wakes.push({ at: retries.at, summary: 'try again' });
    if (retries.tellAt !== null) wakes.push({ at: retries.tellAt, summary: 'tell again' });
    return wakes.reduce((earliest, wake) => (wake.at < earliest.at ? wake : earliest));
  }

  // --- what it says of itself --------------------------------------------------------------------------------------

  explanation(): Explanation {
    const now = this.now();
    const { watch } = this;
    return {
      clientId: this.clientId,
      ...(watch.config === null && { starting: true as const }),
      word: watch.word,
      at: now,
      lastCheckAt: watch.lastCheckAt,
      nextCheckAt: watch.nextCheckAt,
      intervalMs: watch.intervalMs,
      trigger: watch.config?.trigger ?? 'period',
      pausedBy: watch.pausedBy,
      silences: watch.silences,
      grant: watch.grant,
      rules: explainRules(watch.ruleSet, watch.ruleStates, watch.verdicts, watch.refreshed(), now),
      run: { checks: this.checksInRun, runs: watch.runs, deliveries: this.deliveries.count },
    };
  }
}
