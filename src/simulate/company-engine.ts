import {
  companySides,
  inCurrency,
  sideBalance,
  type CompanySide,
  type RateBetween,
  type SideBalance,
} from '../domain/companies/company-balances.js';
import { decideSide, endSideDelivery, isWatched, resetSide } from '../domain/companies/threshold-control.js';
import { minuteMs } from '../domain/durations.js';
import { formatCents, formatMoney, type Micros } from '../domain/money.js';
import type { RuleState } from '../domain/monitoring/rule-state.js';
import {
  inOrder,
  runsOf,
  type CompanyHappening,
  type CompanyResult,
  type CompanyScenario,
  type ScenarioSide,
} from './company-scenario.js';
import { formatInstant } from './scenario.js';

/** When a run asks the server, after its start, while that takes nothing. */
const roundsMs = [0, 10, 30, 70, 130].map((seconds) => seconds * 1000);
const windowMs = 30 * minuteMs;

/** Runs the scenario of a company with the decisions of the controller on a virtual clock. */
export function runCompanyOnDomain(scenario: CompanyScenario): CompanyResult[] {
  return new CompanySimulation(scenario).run();
}

interface Decided {
  readonly side: CompanySide;
  readonly episode: number;
  readonly number: number;
  readonly decidedAt: number;
  readonly to: readonly string[];
  readonly available: string;
}

interface Side {
  fields: ScenarioSide;
  /** null: never decided */
  state: RuleState | null;
  isMailTimeSet: boolean;
}

/** The rows of one company, and what the controller makes of them. */
class CompanySimulation {
  private readonly balances: { their: Micros | null; our: Micros | null };
  private readonly sides: Record<CompanySide, Side>;
  private readonly payments = new Set<string>();
  private reportedAtMs = Number.NEGATIVE_INFINITY;
  private isMailUp = true;
  /** that were decided and have not ended, in order */
  private open: readonly Decided[] = [];
  private readonly results: CompanyResult[] = [];

  constructor(private readonly scenario: CompanyScenario) {
    const { openingBalances, sides, source } = scenario.company;
    this.balances = source === 'ledger' ? { ...openingBalances } : { their: null, our: null };
    const sideOf = (side: CompanySide): Side => ({ fields: sides[side], state: null, isMailTimeSet: false });
    this.sides = { their: sideOf('their'), our: sideOf('our'), mutual: sideOf('mutual') };
  }

  run(): CompanyResult[] {
    let nextEvent = 0;
    const { events } = this.scenario;
    const applyUntil = (atMs: number): void => {
      for (let event = events[nextEvent]; event && event.atMs <= atMs; event = events[++nextEvent]) {
        this.apply(event, event.atMs);
      }
    };
    for (const atMs of runsOf(this.scenario)) {
      applyUntil(atMs);
      this.endCalledOff(atMs);
      this.decide(atMs);
      this.send(atMs);
    }
    applyUntil(this.scenario.untilMs);
    return inOrder(this.results);
  }

  private apply(event: CompanyHappening, now: number): void {
    switch (event.kind) {
      case 'charge':
        return this.move(event.side, -event.amount);
      case 'payment': {
        const id = `${event.side} ${event.id}`;
        if (!this.payments.has(id)) this.move(event.side, event.amount);
        this.payments.add(id);
        return;
      }
      case 'adjustment':
        return this.move(event.side, event.amount);
      case 'netting':
        this.move('their', event.amount);
        return this.move('our', event.amount);
      case 'balances':
        Object.assign(this.balances, { their: event.their, our: event.our });
        this.reportedAtMs = now;
        return;
      case 'threshold': {
        const side = this.sides[event.side];
        const isTurnedOff = isWatched(side.fields) && !isWatched(event.fields);
        side.fields = event.fields;
        if (isTurnedOff) this.reset(event.side, now);
        return;
      }
      case 'reset':
        return this.reset(event.side, now);
      case 'mail':
        this.isMailUp = event.up;
        return;
    }
  }

  private move(side: 'their' | 'our', amount: Micros): void {
    this.balances[side] = (this.balances[side] ?? 0n) + amount;
  }

  private reset(name: CompanySide, now: number): void {
    const side = this.sides[name];
    if (side.state !== null) side.state = resetSide(side.state);
    this.clearMailTime(name, now);
  }

  private decide(now: number): void {
    const rateBetween = this.ratesAt(now);
    for (const name of companySides) {
      const side = this.sides[name];
      if (!isWatched(side.fields)) continue;
      const balance = this.balanceOf(name, now);
      const compared = inCurrency(balance, side.fields.currency, rateBetween);
      const { state, notification, isFine } = decideSide(
        name,
        { ...side.fields, recipients: side.fields.alarmEmails },
        compared,
        side.state,
        now,
      );
      side.state = state;
      if (isFine) this.clearMailTime(name, now);
      if (notification === null) continue;
      const to = side.fields.alarmEmails;
      this.open = [...this.open, { side: name, ...notification, decidedAt: now, to, available: centsOf(balance) }];
    }
  }

  /** An address whose email is refused gets no other one in that round. */
  private send(now: number): void {
    for (const round of roundsMs) {
      const waiting = new Set<string>();
      this.open = this.open.filter((decided) => {
        const outcome = this.attempt(decided, now + round, waiting);
        if (outcome === 'waits') return true;
        this.end(decided, outcome, now);
        return false;
      });
      if (this.open.length === 0) return;
    }
  }

  /** What was reset or turned off since is in the way of no decision. */
  private endCalledOff(now: number): void {
    this.open = this.open.filter((decided) => {
      if (!this.isCalledOff(decided)) return true;
      this.end(decided, 'failed', now);
      return false;
    });
  }

  private isCalledOff({ side }: Decided): boolean {
    return this.sides[side].state?.pending?.cancelledIn !== undefined;
  }

  private attempt(decided: Decided, now: number, waiting: Set<string>): 'waits' | 'accepted' | 'failed' {
    if (this.isCalledOff(decided)) return 'failed';
    if (this.isMailUp) return 'accepted';
    const asked = decided.to.map((address) => address.toLowerCase()).filter((address) => !waiting.has(address));
    for (const address of asked) waiting.add(address);
    return asked.length > 0 && now - decided.decidedAt >= windowMs ? 'failed' : 'waits';
  }

  private end(decided: Decided, outcome: 'accepted' | 'failed', runMs: number): void {
    const { side: name, decidedAt, to, available } = decided;
    const side = this.sides[name];
    if (side.state === null) throw new TypeError('a side that was decided has a state');
    const { state, setsMailTime } = endSideDelivery(name, side.state, decided, outcome);
    side.state = state;
    if (outcome === 'failed') return;
    if (setsMailTime) side.isMailTimeSet = true;
    this.results.push({
      ...{ at: formatInstant(decidedAt), rule: name, to, available, number: 1 },
      mailTime: formatInstant(runMs),
    });
  }

  private clearMailTime(name: CompanySide, now: number): void {
    const side = this.sides[name];
    if (!side.isMailTimeSet) return;
    side.isMailTimeSet = false;
    const available = centsOf(this.balanceOf(name, now));
    this.results.push({ at: formatInstant(now), rule: name, to: [], available, number: 1, mailTime: null });
  }

  private balanceOf(name: CompanySide, now: number): SideBalance {
    const { company } = this.scenario;
    const { maxAgeMinutes } = company;
    const isOld = maxAgeMinutes !== null && this.reportedAtMs < now - maxAgeMinutes * minuteMs;
    const { their, our } = this.balances;
    const theirBalance = isOld || their === null ? null : formatMoney(their);
    const ourBalance = isOld || our === null ? null : formatMoney(our);
    return sideBalance(name, { ...company, theirBalance, ourBalance }, this.ratesAt(now));
  }

  private ratesAt(now: number): RateBetween {
    return (from, to) => {
      const known = this.scenario.rates.filter((rate) => rate.from === from && rate.to === to && rate.atMs <= now);
      return known.sort((a, b) => b.atMs - a.atMs)[0]?.rate ?? null;
    };
  }
}

/** As scenarios state a balance; one that is unknown as 0. */
export function centsOf(balance: SideBalance): string {
  return typeof balance === 'string' ? '0.00' : formatCents(balance.amount);
}
