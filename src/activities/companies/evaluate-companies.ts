import type { CompanyCounts, EvaluateCompaniesInput, EvaluateCompaniesResult } from '../../contract/companies.js';
import {
  companySides,
  inCurrency,
  missingPairs,
  sideBalance,
  type CompanySide,
  type CurrencyPair,
  type SideBalance,
} from '../../domain/companies/company-balances.js';
import { ratesOf, sideRecipients, type Company } from '../../domain/companies/company.js';
import { decideSide, isWatched, type SideDecision } from '../../domain/companies/threshold-control.js';
import { inParallel } from '../../domain/in-parallel.js';
import {
  lockWatchedCompany,
  markChecked,
  readWatchedCompanies,
  writeSideState,
} from '../../storage/companies/company-sides.js';
import { raiseMissingPair } from '../../storage/events/missing-rate.js';
import { inTransaction } from '../../storage/system/transaction.js';
import type { ActivityDeps } from '../deps.js';
import type { AttemptDeps } from '../notifications/attempt-delivery.js';
import { claimCompanyNotification } from './claim-company-notification.js';
import { endCalledOff } from './send-company-mail.js';

type CompanyDeps = AttemptDeps & {
  readonly logger: ActivityDeps['logger'];
  readonly settings: Pick<ActivityDeps['settings'], 'mailDomain' | 'publicUrl'>;
};

const batchSize = 200;
/** Companies that are written side by side. */
const writers = 4;

/**
 * Decides the thresholds of a batch of companies. What changes is decided again under the lock of its company and written
 * with its notification, so that a run that is repeated decides nothing twice. A company that fails keeps no other from it.
 */
export async function evaluateCompanies(
  deps: CompanyDeps,
  { at, after }: EvaluateCompaniesInput,
): Promise<EvaluateCompaniesResult> {
  const { sql, logger } = deps;
  if (after === null) await endCalledOff(deps);
  const companies = await readWatchedCompanies(sql, after, batchSize, at);
  const counts = new Counter();
  const checked: string[] = [];
  const changed: Company[] = [];
  for (const company of companies) {
    try {
      const decisions = decide(company, at);
      if (decisions.some((decision) => isChange(company, decision))) changed.push(company);
      else {
        counts.add(company, decisions);
        checked.push(company.id);
      }
    } catch (error) {
      fail(company.id, error);
    }
  }
  await inParallel(changed, writers, async ({ id }) => {
    try {
      await write(deps, id, at, counts);
      checked.push(id);
    } catch (error) {
      fail(id, error);
    }
  });
  await markChecked(sql, checked, at);
  await raiseMissing(deps, companies, at);
  return { ...counts.counts, next: companies.length < batchSize ? null : (companies.at(-1)?.id ?? null) };

  function fail(companyId: string, error: unknown): void {
    counts.counts.failed += 1;
    logger.error({ err: error, companyId }, 'thresholds of a company not decided');
  }
}

/** One event of each pair of currencies without a rate, until the pair has one. */
async function raiseMissing(deps: CompanyDeps, companies: readonly Company[], at: number): Promise<void> {
  const missing = new Map<string, CurrencyPair>();
  for (const company of companies) {
    for (const side of companySides) {
      const fields = company.sides[side];
      if (!isWatched(fields)) continue;
      for (const pair of missingPairs(side, company, fields.currency, ratesOf(company))) {
        missing.set(`${pair.from} ${pair.to}`, pair);
      }
    }
  }
  for (const pair of missing.values()) {
    const raised = await raiseMissingPair(deps.sql, pair, at);
    if (raised?.isNew) deps.logger.warn({ ...pair, eventId: raised.id, kind: 'rate.missing' }, 'event raised');
  }
}

interface Decided extends SideDecision {
  readonly side: CompanySide;
  /** of the side, in its own currency */
  readonly balance: SideBalance;
}

/** The sides whose threshold is on. */
function decide(company: Company, at: number): Decided[] {
  const rateBetween = ratesOf(company);
  return companySides
    .filter((side) => isWatched(company.sides[side]))
    .map((side) => {
      const fields = company.sides[side];
      const balance = sideBalance(side, company, rateBetween);
      const compared = inCurrency(balance, fields.currency, rateBetween);
      return {
        ...decideSide(side, { ...fields, recipients: sideRecipients(fields) }, compared, fields.state, at),
        side,
        balance,
      };
    });
}

/** Nothing is written for a side of which the run finds what the last one found. */
function isChange(company: Company, { side, reason, state, notification, isFine }: Decided): boolean {
  const { state: known, reason: knownReason, mailTime } = company.sides[side];
  if (notification !== null || reason !== knownReason) return true;
  return (isFine && mailTime !== null) || JSON.stringify(state) !== JSON.stringify(known);
}

async function write(deps: CompanyDeps, companyId: string, at: number, counts: Counter): Promise<void> {
  const outcome = await inTransaction(deps.sql, async (tx) => {
    const company = await lockWatchedCompany(tx, companyId, at);
    if (!company) return null;
    const decisions = decide(company, at);
    for (const { side, state, reason, isFine, notification, balance } of decisions) {
      await writeSideState(tx, companyId, side, { state, reason, clearsMailTime: isFine });
      if (notification === null || typeof balance === 'string') continue;
      await claimCompanyNotification(tx, { company, side, ...notification, balance, at }, deps.settings);
    }
    return { company, decisions };
  });
  if (outcome) counts.add(outcome.company, outcome.decisions);
}

class Counter {
  readonly counts: { -readonly [Name in keyof CompanyCounts]: number } = {
    checked: 0,
    low: 0,
    decided: 0,
    latched: 0,
    cleared: 0,
    unknown: 0,
    noRate: 0,
    failed: 0,
  };

  add(company: Company, decisions: readonly Decided[]): void {
    const { counts } = this;
    for (const { side, reason, state, notification, isFine } of decisions) {
      counts.checked += 1;
      if (reason === 'balance_unknown') counts.unknown += 1;
      else if (reason === 'no_rate') counts.noRate += 1;
      else if (state.lowSince !== null) counts.low += 1;
      if (notification) counts.decided += 1;
      if (reason === 'max_reached') counts.latched += 1;
      if (isFine && company.sides[side].mailTime !== null) counts.cleared += 1;
    }
  }
}
