import { setTimeout as delay } from 'node:timers/promises';
import type { WorkflowHandle } from '@temporalio/client';
import { monitorQueue, thresholdsWorkflowType } from '../../../src/contract/ids.js';
import { companySides, sideBalance, type CompanySide } from '../../../src/domain/companies/company-balances.js';
import { ratesOf } from '../../../src/domain/companies/company.js';
import { formatCents, moneyOf } from '../../../src/domain/money.js';
import { toSecond } from '../../../src/domain/monitoring/schedule.js';
import { centsOf } from '../../../src/simulate/company-engine.js';
import { inOrder, runsOf, type CompanyResult, type CompanyScenario } from '../../../src/simulate/company-scenario.js';
import { formatInstant } from '../../../src/simulate/scenario.js';
import { readCompanySent } from '../../../src/storage/system/simulation.js';
import { skipTime } from './clock.js';
import { fetchEvents, isIdle } from './monitor-history.js';
import { TimingError } from './scenario-runner.js';
import type { TestCompany } from './test-company.js';
import type { TestEnvironment } from './test-environment.js';

const restLimitMs = 60_000;
const pollMs = 10;
/** Rounds of a run that waits for the mail server are so far apart, or a multiple. */
const roundStepMs = 10_000;

/** One play of a company's scenario: each run of the controller is its real workflow, as its Schedule starts it. */
export class CompanyRunner {
  private readonly seen = new Set<string>();
  private readonly mailTimes = new Set<CompanySide>();
  private readonly results: CompanyResult[] = [];

  constructor(
    private readonly environment: TestEnvironment,
    private readonly scenario: CompanyScenario,
    private readonly company: TestCompany,
    private readonly shiftMs: number,
  ) {}

  /** @throws TimingError when the machine was too slow for an instant */
  async run(): Promise<CompanyResult[]> {
    const { events, untilMs } = this.scenario;
    const runs = new Set(runsOf(this.scenario));
    const instants = [...new Set([...runs, ...events.map(({ atMs }) => atMs)])].filter((atMs) => atMs <= untilMs);
    for (const storyMs of instants.sort((a, b) => a - b)) {
      const atMs = storyMs + this.shiftMs;
      for (const event of events.filter((one) => one.atMs === storyMs)) {
        await this.company.write(event, atMs);
        if (event.kind === 'mail') this.environment.outside.mailUp = event.up;
      }
      await this.note(atMs);
      if (!runs.has(storyMs)) continue;
      await this.skipTo(atMs);
      await this.control(atMs);
      await this.note(atMs);
    }
    return inOrder(this.results);
  }

  /** Later scenarios find neither the company nor an outage. */
  async end(): Promise<void> {
    this.environment.outside.mailUp = true;
    await this.company.delete();
  }

  private async control(atMs: number): Promise<void> {
    const { env, signal } = this.environment;
    const workflowId = `thresholds/${this.company.id}/${atMs}`;
    const run = await env.client.workflow.start(thresholdsWorkflowType, {
      workflowId,
      taskQueue: monitorQueue,
      args: [],
    });
    // Asking for the result would let the server skip time before a worker takes the first task.
    while (!(await this.hasEnded(run))) await skipTime(env, roundStepMs, signal);
    const first = (await fetchEvents(run)).find((event) => event.workflowTaskStartedEventAttributes);
    if (Number(first?.eventTime?.seconds ?? 0) * 1000 === toSecond(atMs)) return;
    throw new TimingError('the controller did not run in the second of its instant');
  }

  /** Waits until a run only waits for its next round, or has ended. */
  private async hasEnded(run: WorkflowHandle): Promise<boolean> {
    for (const endMs = performance.now() + restLimitMs; performance.now() < endMs; await delay(pollMs)) {
      this.environment.signal?.throwIfAborted();
      const { name } = (await run.describe()).status;
      if (name === 'COMPLETED') return true;
      if (name !== 'RUNNING') throw new Error(`"${this.scenario.name}": a run of the controller has ${name}`);
      if (await isIdle(run)) return false;
    }
    throw new Error(`"${this.scenario.name}": a run of the controller did not come to rest`);
  }

  /** Takes in what has changed since the last time. */
  private async note(atMs: number): Promise<void> {
    const company = await this.company.read(atMs);
    for (const side of companySides) {
      const isSet = company.sides[side].mailTime !== null;
      if (this.mailTimes.has(side) && !isSet) {
        const available = centsOf(sideBalance(side, company, ratesOf(company)));
        this.add(atMs, { rule: side, to: [], available, mailTime: null });
      }
      if (isSet) this.mailTimes.add(side);
      else this.mailTimes.delete(side);
    }
    for (const { id, decidedAt, side, recipients, available } of await readCompanySent(
      this.environment.sql,
      this.company.id,
    )) {
      if (this.seen.has(id)) continue;
      this.seen.add(id);
      if (!this.mailTimes.has(side)) throw new Error(`an accepted email set no balance mail time of ${side}`);
      const mailTime = formatInstant(atMs - this.shiftMs);
      this.add(decidedAt.getTime(), {
        rule: side,
        to: recipients,
        available: formatCents(moneyOf(available)),
        mailTime,
      });
    }
  }

  private add(atMs: number, result: Omit<CompanyResult, 'at' | 'number'>): void {
    this.results.push({ at: formatInstant(atMs - this.shiftMs), ...result, number: 1 });
  }

  private async skipTo(atMs: number): Promise<void> {
    const { env, signal } = this.environment;
    const leftMs = atMs - (await env.currentTimeMs());
    if (leftMs > 0) await skipTime(env, leftMs, signal);
  }
}
