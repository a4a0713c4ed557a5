import type { CompanySide } from '../../../src/domain/companies/company-balances.js';
import { formatCents, moneyOf, rateUnit } from '../../../src/domain/money.js';
import type {
  CompanyEvent,
  CompanyResult,
  CompanyScenario,
  ScenarioSide,
} from '../../../src/simulate/company-scenario.js';
import { formatInstant } from '../../../src/simulate/scenario.js';

const minuteMs = 60_000;
const sides = ['their', 'our', 'mutual'] as const;

/** An amount in millionths of a millionth, so that a conversion stays exact; null: unknown. */
type Exact = bigint | null;

interface Waiting {
  readonly decidedMs: number;
  readonly to: readonly string[];
  readonly available: string;
  /** its episode is over: it is not sent */
  isOver: boolean;
}

interface Latch {
  fields: ScenarioSide;
  mailTimeMs: number | null;
  /** decision of the last email that was accepted, unless a reset came since */
  hourFromMs: number | null;
  waiting: Waiting | null;
}

/** An independent reading of the rules of companies: run by run, and shares only the parser and money with the engine. */
export function playCompanyByOracle(scenario: CompanyScenario): CompanyResult[] {
  const { company, startMs, untilMs, runEveryMs } = scenario;
  const known = company.source === 'ledger';
  let their: bigint | null = known ? company.openingBalances.their : null;
  let our: bigint | null = known ? company.openingBalances.our : null;
  let reportedMs = startMs;
  let isMailUp = true;
  const paid = new Set<string>();
  const latches = Object.fromEntries(
    sides.map((side) => [side, { fields: company.sides[side], mailTimeMs: null, hourFromMs: null, waiting: null }]),
  ) as Record<CompanySide, Latch>;
  const results: CompanyResult[] = [];

  const rateAt = (from: string, to: string, nowMs: number): bigint | null => {
    if (from === to) return rateUnit;
    let latest: { atMs: number; rate: bigint } | null = null;
    for (const rate of scenario.rates) {
      const applies = rate.from === from && rate.to === to && rate.atMs <= nowMs;
      if (applies && (latest === null || rate.atMs > latest.atMs)) latest = rate;
    }
    return latest?.rate ?? null;
  };
  const balanceOf = (side: CompanySide, nowMs: number): Exact => {
    const isOld = company.maxAgeMinutes !== null && nowMs > reportedMs + company.maxAgeMinutes * minuteMs;
    if (isOld) return null;
    if (side === 'their') return their === null ? null : their * rateUnit;
    if (side === 'our') return our === null ? null : our * rateUnit;
    const theirRate = rateAt(company.theirCurrency, company.currency, nowMs);
    const ourRate = rateAt(company.ourCurrency, company.currency, nowMs);
    if (their === null || our === null || theirRate === null || ourRate === null) return null;
    return their * theirRate - our * ourRate;
  };
  /** True: at or below the threshold; null: unknown. */
  const isLow = (side: CompanySide, nowMs: number): boolean | null => {
    const { threshold, currency } = latches[side].fields;
    const own = { their: company.theirCurrency, our: company.ourCurrency, mutual: company.currency }[side];
    const [balance, rate] = [balanceOf(side, nowMs), rateAt(own, currency, nowMs)];
    if (balance === null || rate === null || threshold === null) return null;
    return balance * rate <= moneyOf(threshold) * rateUnit * rateUnit;
  };
  const cents = (side: CompanySide, nowMs: number): string => {
    const balance = balanceOf(side, nowMs);
    if (balance === null) return '0.00';
    const whole = balance / rateUnit;
    return formatCents(balance > 0n && whole * rateUnit !== balance ? whole + 1n : whole);
  };
  const clear = (side: CompanySide, nowMs: number): void => {
    const latch = latches[side];
    if (latch.waiting) latch.waiting.isOver = true;
    if (latch.mailTimeMs === null) return;
    latch.mailTimeMs = null;
    const result = { rule: side, to: [], available: cents(side, nowMs), number: 1, mailTime: null };
    results.push({ at: formatInstant(nowMs), ...result });
  };
  const apply = (event: CompanyEvent): void => {
    if (event.kind === 'mail') isMailUp = event.up;
    else if (event.kind === 'balances') [their, our, reportedMs] = [event.their, event.our, event.atMs];
    else if (event.kind === 'netting') [their, our] = [(their ?? 0n) + event.amount, (our ?? 0n) + event.amount];
    else if (event.kind === 'reset' || event.kind === 'threshold') {
      const latch = latches[event.side];
      const wasOn = latch.fields.enabled;
      if (event.kind === 'threshold') latch.fields = event.fields;
      if (event.kind === 'threshold' && (!wasOn || latch.fields.enabled)) return;
      latch.hourFromMs = null;
      clear(event.side, event.atMs);
    } else {
      if (event.kind === 'payment' && paid.has(`${event.side}/${event.id}`)) return;
      if (event.kind === 'payment') paid.add(`${event.side}/${event.id}`);
      const amount = event.kind === 'charge' ? -event.amount : event.amount;
      if (event.side === 'their') their = (their ?? 0n) + amount;
      else our = (our ?? 0n) + amount;
    }
  };
  const run = (nowMs: number): void => {
    for (const side of sides) {
      const latch = latches[side];
      // Canceled before this run: in the way of no decision.
      if (latch.waiting?.isOver) latch.waiting = null;
      const { enabled, alarmEmails } = latch.fields;
      const low = enabled ? isLow(side, nowMs) : null;
      if (low === false) clear(side, nowMs);
      const mayAgain = latch.hourFromMs === null || nowMs >= latch.hourFromMs + 60 * minuteMs;
      if (low !== true || latch.mailTimeMs !== null || latch.waiting || !mayAgain) continue;
      latch.waiting = { decidedMs: nowMs, to: alarmEmails, available: cents(side, nowMs), isOver: false };
    }
    for (const side of sides) {
      const latch = latches[side];
      const { waiting } = latch;
      if (!waiting) continue;
      const isFailed = waiting.isOver || (!isMailUp && nowMs >= waiting.decidedMs + 30 * minuteMs);
      if (!isFailed && !isMailUp) continue;
      latch.waiting = null;
      if (isFailed) continue;
      latch.mailTimeMs = nowMs;
      latch.hourFromMs = waiting.decidedMs;
      const { decidedMs, to, available } = waiting;
      const mailTime = formatInstant(nowMs);
      results.push({ at: formatInstant(decidedMs), rule: side, to, available, number: 1, mailTime });
    }
  };

  const remaining = [...scenario.events];
  for (let nowMs = startMs; nowMs <= untilMs; nowMs += runEveryMs) {
    while (remaining[0] && remaining[0].atMs <= nowMs) apply(remaining.shift() as CompanyEvent);
    run(nowMs);
  }
  for (const event of remaining) if (event.atMs <= untilMs) apply(event);
  const place = (rule: string): number => sides.findIndex((side) => side === rule);
  return results.sort((a, b) => a.at.localeCompare(b.at) || place(a.rule) - place(b.rule));
}
