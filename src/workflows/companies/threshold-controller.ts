import { proxyActivities, sleep } from '@temporalio/workflow';
import type { EffectActivities } from '../../activities/index.js';
import type {
  CompanyCounts,
  CompanyMailRound,
  CompanyRunReport,
  EvaluateCompaniesResult,
} from '../../contract/companies.js';
import { toSecond } from '../../domain/monitoring/schedule.js';
import { companyMailPolicy, fleetPolicy } from '../policies.js';

const { evaluateCompanies } = proxyActivities<EffectActivities>(fleetPolicy);
const { sendCompanyMail } = proxyActivities<EffectActivities>(companyMailPolicy);

/** Waits before a round that follows one in which the server took nothing; after the last one the next run continues. */
const waitsMs = [5, 10, 20, 40, 60].map((seconds) => seconds * 1000);

/**
 * The balance threshold controller (docs/manuals.md#companies), run by a Schedule: decides the thresholds of all companies in batches, then
 * sends what was decided. What the mail server refuses for now is sent in further rounds, as long as it takes any, and by
 * the next runs.
 */
export async function controlBalanceThresholds(): Promise<CompanyRunReport> {
  // In whole seconds, as everything that the engine compares.
  const at = toSecond(Date.now());
  let counts: CompanyCounts = {
    checked: 0,
    low: 0,
    decided: 0,
    latched: 0,
    cleared: 0,
    unknown: 0,
    noRate: 0,
    failed: 0,
  };
  for (let after: string | null = null; ;) {
    const { next, ...batch }: EvaluateCompaniesResult = await evaluateCompanies({ at, after });
    counts = sumOf(counts, batch);
    if (next === null) break;
    after = next;
  }
  return { ...counts, ...(await sendAll()) };
}

async function sendAll(): Promise<CompanyMailRound> {
  let emailed = 0;
  let notSent = 0;
  for (let fruitless = 0; ;) {
    const round = await sendCompanyMail({ now: Date.now() });
    emailed += round.emailed;
    notSent += round.notSent;
    fruitless = round.emailed > 0 ? 0 : fruitless + 1;
    const waitMs = waitsMs[fruitless];
    if (round.waiting === 0 || waitMs === undefined) return { emailed, notSent, waiting: round.waiting };
    await sleep(waitMs);
  }
}

function sumOf(one: CompanyCounts, other: CompanyCounts): CompanyCounts {
  return {
    checked: one.checked + other.checked,
    low: one.low + other.low,
    decided: one.decided + other.decided,
    latched: one.latched + other.latched,
    cleared: one.cleared + other.cleared,
    unknown: one.unknown + other.unknown,
    noRate: one.noRate + other.noRate,
    failed: one.failed + other.failed,
  };
}
