import {
  ActivityFailure,
  allHandlersFinished,
  ApplicationFailure,
  condition,
  patched,
  proxyActivities,
  proxyLocalActivities,
  workflowInfo,
} from '@temporalio/workflow';
import type { EffectActivities, LocalActivities } from '../activities/index.js';
import type {
  CheckKind,
  Explanation,
  GrantRecord,
  GrantView,
  MonitorAction,
  MonitorInput,
  ObserveInput,
  ObserveResult,
} from '../contract/monitor.js';
import { evaluate, look, noticeLevels, settle, type Observation, type Verdict } from '../domain/evaluate.js';
import { formatMoney } from '../domain/money.js';
import { toSecond } from '../domain/schedule.js';
import { stateWord } from '../domain/state-word.js';
import { freshState } from './carried-state.js';
import { Deliveries } from './deliveries.js';
import { explainRules } from './explain.js';
import { isRefusal, unavailable } from './failures.js';
import { Inbox } from './inbox.js';
import { bookkeepingPolicy, readPolicy, writePolicy } from './policies.js';
import { showDetails, tellReadModel, type Occasion } from './read-model.js';
import { listenToRequests, type CreditChange } from './requests.js';
import { Watch } from './watch.js';

const { observe } = proxyLocalActivities<LocalActivities>(readPolicy);
const { advanceGrant, recordRefill } = proxyActivities<EffectActivities>(writePolicy);
const { endAlert, raiseAlert } = proxyActivities<EffectActivities>(bookkeepingPolicy);

/** After a failure the loop comes back after 10 s, 20 s … at most 5 minutes. */
const firstRetryMs = 10_000;
const longestRetryMs = 300_000;

/** A run that has only just begun is not long, whatever the settings say: it would do nothing but end. */
const shortestRunEvents = 16;

const missingRate = 'no_rate';

/** The steps of one client's monitor. The function `monitor` says in which order they are taken. */
export class Monitor {
  readonly clientId: string;
  /** the client is deleted: the monitor ends */
  over = false;
  readonly watch: Watch;
  private readonly inbox = new Inbox();
  readonly deliveries = new Deliveries();
  private readonly isFresh: boolean;
  private checksInRun = 0;
  private failures = 0;
  private retryAt = 0;
  private creditRetryAt = 0;
  /** alerts being raised or ended */
  private alerts = 0;

  constructor(input: MonitorInput, now: number) {
    this.clientId = input.clientId;
    this.isFresh = !input.carried;
    this.watch = new Watch(input.clientId, input.carried ?? freshState(now));
  }

  now(): number {
    return toSecond(Date.now());
  }

  listen(): void {
    this.inbox.listen();
    listenToRequests(this, this.inbox);
  }

  /** Learns the configuration; a monitor that lost its run takes up what the read model kept. */
  async begin(): Promise<void> {
    for (;;) {
      const now = this.now();
      const result = await this.tryObserve({ at: now, ...(this.isFresh && { restore: true as const }) });
      if (result) {
        if (!this.isFresh || this.over) return;
        if (!result.stored) return void this.look();
        this.watch.restore(result.stored);
        // The balance may have moved while nobody watched.
        return this.lookOrCheck(true, now);
      }
      await condition(() => false, this.retryAt - Date.now(), { summary: 'database away: try again' });
    }
  }

  // --- what is due -------------------------------------------------------------------------------------------------

  get hasEndedDeliveries(): boolean {
    return this.deliveries.ended.length > 0;
  }

  creditStepDue(now: number): boolean {
    const step = this.watch.creditStep(now);
    return step !== null && now >= Math.max(step.at, this.creditRetryAt);
  }

  hasArrivals(now: number): boolean {
    return this.inbox.hasRequests || (!this.inbox.isEmpty && now >= this.retryAt);
  }

  checkDue(now: number): boolean {
    return now >= Math.max(this.watch.nextCheckAt, this.retryAt);
  }

  silenceEnded(now: number): boolean {
    const ends = this.watch.silenceEndsAt;
    return ends !== null && now >= ends;
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
    return long && this.isIdle && !this.hasEndedDeliveries && this.inbox.isEmpty;
  }

  private get isIdle(): boolean {
    return this.deliveries.count === 0 && this.alerts === 0;
  }

  carry(): MonitorInput {
    return { v: 1, clientId: this.clientId, carried: this.watch.carry() };
  }

  async sleep(now: number): Promise<void> {
    const { at, summary } = this.nextWake(now);
    await condition(() => this.isStirred(), Math.max(1, at - Date.now()), { summary });
  }

  private isStirred(): boolean {
    return this.hasEndedDeliveries || this.hasArrivals(this.now()) || (this.mayRenew() && allHandlersFinished());
  }

  /** The one outstanding timer: the earliest of check, step of the credit, end of a silence, next try. */
  private nextWake(now: number): { readonly at: number; readonly summary: string } {
    const wakes = [{ at: Math.max(this.watch.nextCheckAt, this.retryAt), summary: 'next check' }];
    const step = this.watch.creditStep(now);
    if (step) wakes.push({ at: Math.max(step.at, this.creditRetryAt), summary: `credit ${step.step}` });
    if (this.watch.silenceEndsAt !== null) wakes.push({ at: this.watch.silenceEndsAt, summary: 'silence ends' });
    if (!this.inbox.isEmpty && this.retryAt > now) wakes.push({ at: this.retryAt, summary: 'try again' });
    return wakes.reduce((earliest, wake) => (wake.at < earliest.at ? wake : earliest));
  }

  // --- steps -------------------------------------------------------------------------------------------------------

  async scheduledCheck(now: number): Promise<void> {
    const { dueAt, nextAt } = this.watch.dueCheck(now);
    const result = await this.tryObserve({ at: now, check: { dueAt, nextAt } });
    if (!result || this.over) return;
    // An edit comes before a check of its instant and may have put it off: it is looked into as any arrival is.
    if (this.watch.nextCheckAt > now && patched('check-put-off')) {
      this.inbox.configurationPoked = true;
      return;
    }
    this.watch.passCheck(now);
    this.checksInRun += 1;
    await this.decide('scheduled', dueAt);
  }

  /** Refills told directly are recorded, requests answered, pokes looked into: in the order of their patience. */
  async takeArrivals(now: number): Promise<void> {
    if (this.inbox.hasRequests) return this.inbox.answerNext();
    if (this.inbox.refills.length > 0) return this.recordRefills(now);
    const balancePoked = this.inbox.balancePoked;
    this.inbox.balancePoked = false;
    this.inbox.configurationPoked = false;
    const result = await this.tryObserve({ at: now });
    if (!result) {
      this.inbox.balancePoked = balancePoked;
      this.inbox.configurationPoked = true;
      return;
    }
    if (!this.over) await this.lookOrCheck(balancePoked, now);
  }

  /** The start, the warning or the revert of a temporary credit. */
  async advanceCredit(now: number): Promise<void> {
    const { grant } = this.watch;
    const due = this.watch.creditStep(now);
    if (!grant || !due) return;
    try {
      const { step } = due;
      const { done, version } = await advanceGrant({ clientId: this.clientId, grantId: grant.id, step, at: now });
      if (done) this.tellOfCredit(grant, step, version, now);
      this.creditRetryAt = done ? 0 : now + firstRetryMs;
    } catch (error) {
      this.creditRetryAt = now + this.backoff(error);
      return;
    }
    const result = await this.tryObserve({ at: now });
    if (!result) this.inbox.balancePoked = true;
    else if (!this.over) await this.lookOrCheck(true, now);
  }

  async settleDeliveries(now: number): Promise<void> {
    for (const { mail, outcome } of this.deliveries.ended.splice(0)) {
      this.watch.ruleStates = settle(this.watch.ruleStates, mail, outcome);
      if (outcome !== 'accepted')
        this.watch.verdictEnded(mail, outcome === 'failed' ? 'send_failed' : 'send_uncertain');
    }
    await this.tell({}, now);
  }

  async endSilences(now: number): Promise<void> {
    this.watch.silences = Object.fromEntries(Object.entries(this.watch.silences).filter(([, until]) => until > now));
    this.reword(now);
    await this.tell({}, now);
  }

  private async recordRefills(now: number): Promise<void> {
    const payment = this.inbox.refills[0];
    if (!payment) return;
    try {
      await recordRefill({ ...payment, clientId: this.clientId, receivedAt: now });
    } catch (error) {
      if (!isRefusal(error)) {
        this.retryAt = now + this.backoff(error);
        return;
      }
      this.alert(
        'payment_refused',
        `payment "${String(payment.paymentId).slice(0, 100)}" was not taken: ${refusalText(error)}`,
        now,
      );
    }
    this.inbox.refills.shift();
    this.inbox.balancePoked = true;
  }

  // --- looking and deciding ----------------------------------------------------------------------------------------

  /** After an arrival: re-arm; and check at once where the profile wants a crossing to be noticed. */
  private async lookOrCheck(balanceMoved: boolean, now: number): Promise<void> {
    const { observation, ruleSet } = this.watch;
    if (!observation) return;
    if (!balanceMoved) {
      this.watch.ruleStates = noticeLevels(ruleSet, this.watch.ruleStates, observation);
      this.deliveries.callOff(this.watch.ruleStates, observation.paused);
      this.reword(now);
      await this.tell({}, now);
      return;
    }
    const crossed = this.look();
    if (crossed && this.watch.config?.trigger === 'change' && !observation.paused && observation.balance) {
      return this.decide('crossing', now);
    }
    this.reword(now);
    await this.tell({}, now);
  }

  private look(): boolean {
    const { observation, ruleSet, ruleStates } = this.watch;
    if (!observation) return false;
    const seen = look(ruleSet, ruleStates, observation);
    this.watch.ruleStates = seen.ruleStates;
    this.deliveries.callOff(seen.ruleStates, observation.paused);
    return seen.crossed;
  }

  async decide(kind: CheckKind, at: number, action?: MonitorAction): Promise<void> {
    const { observation, ruleSet } = this.watch;
    if (!observation) return;
    const { verdicts, ruleStates } = evaluate(ruleSet, this.watch.ruleStates, observation, at);
    const rateWasMissing = isWithoutRate(this.watch.verdicts);
    this.watch.ruleStates = ruleStates;
    this.watch.verdicts = verdicts;
    this.watch.lastCheckAt = at;
    this.watch.word = stateWord(observation, verdicts, at);
    this.deliveries.callOff(ruleStates, observation.paused);
    for (const verdict of verdicts) if (verdict.reason === 'sent') this.send(verdict, observation, at);
    if (!rateWasMissing && isWithoutRate(verdicts)) this.alertMissingRate(at);
    if (rateWasMissing && observation.rate !== null)
      this.keepBooks(endAlert({ kind: missingRate, clientId: this.clientId, at }));
    await this.tell({ check: kind, ...(action && { action }) }, at);
  }

  private send(verdict: Verdict, observation: Observation, checkedAt: number): void {
    if (verdict.episode === undefined || verdict.number === undefined || !observation.balance) return;
    const rule = this.watch.ruleSet.rules.find(({ key }) => key === verdict.rule);
    this.deliveries.start(
      {
        clientId: this.clientId,
        rule: verdict.rule,
        episode: verdict.episode,
        number: verdict.number,
        max: rule?.maxSends ?? null,
        checkedAt,
        nextCheckAt: this.watch.nextCheckAt,
        available: this.watch.available ?? '0',
        live: formatMoney(observation.balance.live),
        ...(verdict.except && { except: verdict.except }),
      },
      this.now(),
    );
  }

  /** Reads the client; null when that could not be done now, and then it is tried again after a while. */
  private async tryObserve(asked: Omit<ObserveInput, 'clientId' | 'known'>): Promise<ObserveResult | null> {
    try {
      const result = await observe({ clientId: this.clientId, known: this.watch.config?.version ?? '', ...asked });
      this.failures = 0;
      this.retryAt = 0;
      if (result.status === 'deleted') this.over = true;
      else this.watch.take(result, asked.at);
      return result;
    } catch (error) {
      this.retryAt = asked.at + this.backoff(error);
      return null;
    }
  }

  /** How long to wait after a failure of an activity; anything else is a defect and not waited for. */
  private backoff(error: unknown): number {
    if (!(error instanceof ActivityFailure)) throw error;
    this.failures += 1;
    return Math.min(firstRetryMs * 2 ** (this.failures - 1), longestRetryMs);
  }

  /** The database has the change: the client is told, and the balance looked at under it. */
  async creditChanged(grant: GrantRecord, change: CreditChange): Promise<GrantView> {
    const now = this.now();
    if (change === 'granted' && grant.status === 'active') this.tellOfCredit(grant, 'start', grant.version, now);
    const result = await this.tryObserve({ at: now });
    if (!result) this.inbox.balancePoked = true;
    else if (!this.over) await this.lookOrCheck(true, now);
    return viewOf(grant);
  }

  /** The client is deleted: whoever waits is told so, mails on their way are called off, and how they ended is kept. */
  async close(): Promise<void> {
    this.refuseRequests();
    this.deliveries.callOff({}, true);
    await condition(() => this.isIdle);
  }

  private refuseRequests(): void {
    this.inbox.close(ApplicationFailure.nonRetryable('the client is deleted', 'client_deleted'));
  }

  explanation(): Explanation {
    const now = this.now();
    const { watch } = this;
    return {
      clientId: this.clientId,
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

  // --- telling -----------------------------------------------------------------------------------------------------

  async observeNow(at: number): Promise<void> {
    const result = await this.tryObserve({ at });
    if (!result) throw unavailable();
    if (this.over) throw ApplicationFailure.nonRetryable('the client is deleted', 'client_deleted');
    this.look();
  }

  /** The state word as it follows from what was last seen, between two checks. */
  reword(now: number): void {
    const observation = this.watch.refreshed();
    if (!observation) return;
    const { verdicts } = evaluate(this.watch.ruleSet, this.watch.ruleStates, observation, now);
    this.watch.word = stateWord(observation, verdicts, now);
  }

  async tell(occasion: Occasion, at: number): Promise<boolean> {
    showDetails(this.explanation());
    return tellReadModel(this.watch, occasion, at);
  }

  private tellOfCredit(
    grant: { readonly id: string; readonly seq: number },
    step: 'start' | 'warn' | 'revert',
    version: number,
    at: number,
  ): void {
    const kind = step === 'start' ? 'credit_granted' : step === 'warn' ? 'credit_expiring' : 'credit_reverted';
    // A credit begins and ends once, whatever changed meanwhile; it may be about to end more than once.
    const number = step === 'warn' ? version : 1;
    this.deliveries.startCreditMail({ clientId: this.clientId, grantId: grant.id, seq: grant.seq, kind, number, at });
  }

  private alertMissingRate(at: number): void {
    this.alert(missingRate, "no exchange rate from the client's currency to the profile's is in force", at);
  }

  private alert(kind: string, detail: string, at: number): void {
    this.keepBooks(raiseAlert({ kind, clientId: this.clientId, detail, at }));
  }

  /** Nobody waits for it, but the run does not end before it is done. */
  private keepBooks(work: Promise<void>): void {
    this.alerts += 1;
    // Retried until it is done: it fails only where the whole run is cancelled.
    void work
      .catch(() => undefined)
      .finally(() => {
        this.alerts -= 1;
      });
  }
}

/** What faces show of a grant: its number within the client is for the names of mails only. */
function viewOf({ id, clientId, amount, percent, currency, validFrom, validUntil, ...rest }: GrantRecord): GrantView {
  const { status, reason, grantedBy, version } = rest;
  return { id, clientId, amount, percent, currency, validFrom, validUntil, status, reason, grantedBy, version };
}

function isWithoutRate(verdicts: readonly Verdict[]): boolean {
  return verdicts.some(({ reason }) => reason === 'no_rate');
}

function refusalText(error: ActivityFailure): string {
  return error.cause?.message ?? error.message;
}
