import {
  availableOf,
  evaluate,
  keepRules,
  look,
  noticeLevels,
  settle,
  type RuleStates,
  type Verdict,
} from '../domain/evaluate.js';
import { formatCents } from '../domain/money.js';
import { Books } from './books.js';
import { termsOf, type Terms } from './rules.js';
import { formatInstant, type Scenario, type ScenarioEvent, type ScenarioNotification } from './scenario.js';

/** A mail is retried for at most so long, and never into the next check. */
const retryForMs = 30 * 60_000;
const firstRetryMs = 10_000;
const slowestRetryMs = 60_000;

/** What a mail becomes once it is accepted. */
interface Accepted {
  readonly checkMs: number;
  /** among the rules of its check */
  readonly place: number;
  readonly notification: ScenarioNotification;
}

/** A mail on its way. */
interface Delivery {
  readonly mail: { readonly rule: string; readonly episode: number; readonly number: number };
  readonly accepted: Accepted;
  /** no attempt at this instant or later */
  readonly deadlineMs: number;
  readonly attempts: number;
  readonly nextAttemptMs: number;
}

/** Plays a scenario with the pure decision over a virtual clock. */
export function playOnDomain(scenario: Scenario): ScenarioNotification[] {
  return new Play(scenario).run();
}

/** One scenario being played: what the monitor does, without the parts that make it durable. */
class Play {
  private readonly books: Books;
  private terms: Terms;
  private ruleStates: RuleStates = {};
  private lastDueMs: number;
  private nextDueMs: number;
  /** the first check has been made: from then on a new interval counts */
  private checked = false;
  private deliveries: readonly Delivery[] = [];
  private readonly accepted: Accepted[] = [];

  constructor(private readonly scenario: Scenario) {
    this.books = new Books(scenario);
    this.terms = termsOf(scenario.profile, scenario.client, scenario.rates);
    this.lastDueMs = scenario.startMs;
    this.nextDueMs = scenario.startMs;
  }

  run(): ScenarioNotification[] {
    const { events, untilMs } = this.scenario;
    let next = 0;
    for (;;) {
      const eventMs = events[next]?.atMs ?? Number.POSITIVE_INFINITY;
      const nowMs = Math.min(eventMs, this.nextDueMs, this.books.revertAtMs, this.nextDeliveryMs());
      if (nowMs > untilMs) break;
      let wanted = this.revert(nowMs);
      for (; next < events.length && events[next]?.atMs === nowMs; next++) {
        wanted = this.happen(events[next] as ScenarioEvent, nowMs) || wanted;
      }
      this.check(nowMs, wanted);
      if (this.deliveries.length > 0) this.deliver(nowMs);
    }
    this.accepted.sort((a, b) => a.checkMs - b.checkMs || a.place - b.place);
    return this.accepted.map((mail) => mail.notification);
  }

  /** Takes back the temporary credit whose time is over; true where that must be checked at once. */
  private revert(nowMs: number): boolean {
    if (this.books.revertAtMs > nowMs) return false;
    this.books.revert();
    return this.look(nowMs);
  }

  /** Lets one event happen; true where a check must follow at once. */
  private happen(event: ScenarioEvent, nowMs: number): boolean {
    const changed = this.books.apply(event, nowMs);
    if (changed) return this.look(nowMs);
    if (event.kind === 'profile') this.edit(event.profile, nowMs);
    if (event.kind === 'status' && event.status === 'stop') this.abandon(() => true);
    return event.kind === 'checkNow';
  }

  /** Re-arms; true where a rule was carried across its threshold and the profile asks for a check then. */
  private look(nowMs: number): boolean {
    const observation = this.books.observe(nowMs, this.terms);
    const seen = look(this.terms.ruleSet, this.ruleStates, observation);
    this.ruleStates = seen.ruleStates;
    this.abandonOver();
    return seen.crossed && this.terms.checksCrossings && observation.balance !== null && !observation.paused;
  }

  /** An edit keeps counts by rule key and re-arms nothing; a new interval counts from the last check. */
  private edit(profile: Scenario['profile'], nowMs: number): void {
    const before = this.terms.intervalMs;
    this.terms = termsOf(profile, this.scenario.client, this.scenario.rates);
    const kept = keepRules(this.terms.ruleSet, this.ruleStates);
    this.ruleStates = noticeLevels(this.terms.ruleSet, kept, this.books.observe(nowMs, this.terms));
    this.abandon((delivery) => !this.ruleStates[delivery.mail.rule]);
    if (this.terms.intervalMs === before || !this.checked) return;
    this.nextDueMs = Math.max(nowMs, this.lastDueMs + this.terms.intervalMs);
  }

  private check(nowMs: number, wanted: boolean): void {
    const due = nowMs === this.nextDueMs;
    if (due) {
      this.abandon(() => true);
      this.checked = true;
      this.lastDueMs = nowMs;
      this.nextDueMs = nowMs + this.terms.intervalMs;
    } else if (!wanted) return;
    const observation = this.books.observe(nowMs, this.terms);
    const { verdicts, ruleStates } = evaluate(this.terms.ruleSet, this.ruleStates, observation, nowMs);
    this.ruleStates = ruleStates;
    this.abandonOver();
    const available = observation.balance ? availableOf(observation.balance) : 0n;
    verdicts.forEach((verdict, place) => {
      if (verdict.reason === 'sent') this.send(verdict, place, formatCents(available), nowMs);
    });
  }

  private send(verdict: Verdict, place: number, available: string, nowMs: number): void {
    const { rule, episode = 1, number = 1, except = [] } = verdict;
    const addresses = this.terms.recipients.get(rule) ?? [];
    const to = addresses.filter((address) => !except.includes(address.toLowerCase()));
    const delivery: Delivery = {
      mail: { rule, episode, number },
      accepted: { checkMs: nowMs, place, notification: { at: formatInstant(nowMs), rule, to, available, number } },
      deadlineMs: Math.min(nowMs + retryForMs, this.nextDueMs),
      attempts: 0,
      nextAttemptMs: nowMs,
    };
    this.deliveries = [...this.deliveries, delivery];
  }

  /** Makes the attempts that are due; gives up those whose time is over. */
  private deliver(nowMs: number): void {
    this.abandon((delivery) => delivery.deadlineMs <= nowMs);
    this.deliveries = this.deliveries.flatMap((delivery): Delivery[] => {
      if (delivery.nextAttemptMs > nowMs) return [delivery];
      if (!this.books.mailUp) return [retried(delivery)];
      this.ruleStates = settle(this.ruleStates, delivery.mail, 'accepted');
      this.accepted.push(delivery.accepted);
      return [];
    });
  }

  private nextDeliveryMs(): number {
    let nextMs = Number.POSITIVE_INFINITY;
    for (const delivery of this.deliveries) nextMs = Math.min(nextMs, delivery.nextAttemptMs, delivery.deadlineMs);
    return nextMs;
  }

  /** A mail of a rule that is no longer low has nothing to say any more. */
  private abandonOver(): void {
    this.abandon((delivery) => this.ruleStates[delivery.mail.rule]?.low !== true);
  }

  private abandon(over: (delivery: Delivery) => boolean): void {
    if (this.deliveries.length === 0) return;
    for (const delivery of this.deliveries) {
      if (over(delivery)) this.ruleStates = settle(this.ruleStates, delivery.mail, 'failed');
    }
    this.deliveries = this.deliveries.filter((delivery) => !over(delivery));
  }
}

/** Attempts at 0, 10, 30, 70 s, then every minute. */
function retried(delivery: Delivery): Delivery {
  const waitMs = Math.min(firstRetryMs * 2 ** delivery.attempts, slowestRetryMs);
  return { ...delivery, attempts: delivery.attempts + 1, nextAttemptMs: delivery.nextAttemptMs + waitMs };
}
