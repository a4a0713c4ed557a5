import { temporaryCreditAt } from '../domain/credit/grants.js';
import { formatMoney, formatRate, type Micros } from '../domain/money.js';
import type { BalanceModel } from '../domain/monitoring/rules.js';
import type { GrantTimes, ObservedClient } from '../domain/monitoring/state.js';
import type { Terms } from './rules.js';
import type { Scenario, ScenarioHappening } from './scenario.js';

interface Grant {
  readonly seq: number;
  readonly amount: Micros;
  readonly fromMs: number;
  readonly untilMs: number;
}

/** The client's side of a scenario: what the ledger, the credit, and the external systems say at each instant. */
export class SimulatedLedger {
  private live: Micros;
  private creditLimit: Micros;
  private grant: Grant | null = null;
  private grantsMade = 0;
  private refillSeq = 0;
  private lastChargeAt: number;
  private isActive: boolean;
  private isSourceUp = true;
  private readonly payments = new Set<string>();
  private observed: ObservedClient | null = null;
  /** from here on the observation is another one although nothing happened: the next rate takes effect */
  private observedUntilMs = 0;
  balanceModel: BalanceModel;
  isMailUp = true;

  constructor(scenario: Scenario) {
    this.live = scenario.client.openingBalance;
    this.creditLimit = scenario.client.creditLimit;
    this.isActive = scenario.client.status === 'active';
    this.balanceModel = scenario.client.balanceModel;
    this.lastChargeAt = scenario.startMs;
  }

  /** The temporary credit as a monitor's configuration has it; null: none. */
  get grantTimes(): GrantTimes | null {
    const { grant } = this;
    if (!grant) return null;
    return {
      id: String(grant.seq),
      seq: grant.seq,
      version: 1,
      amount: formatMoney(grant.amount),
      from: grant.fromMs,
      until: grant.untilMs,
      warnAt: null,
      started: true,
      warned: true,
    };
  }

  endGrant(): void {
    this.grant = null;
    this.observed = null;
  }

  apply(event: ScenarioHappening, atMs: number): void {
    this.change(event, atMs);
    this.observed = null;
  }

  /** What a monitor reads at an instant; the same object while nothing changes. */
  observe(atMs: number, terms: Terms): ObservedClient {
    if (this.observed && atMs < this.observedUntilMs) return this.observed;
    const started = terms.rates.filter((rate) => rate.atMs <= atMs);
    const rate = started.at(-1)?.rate ?? null;
    this.observedUntilMs = Math.min(
      terms.rates[started.length]?.atMs ?? Number.POSITIVE_INFINITY,
      this.grant && atMs < this.grant.untilMs ? this.grant.untilMs : Number.POSITIVE_INFINITY,
    );
    this.observed = {
      ...(this.isSourceUp && {
        live: formatMoney(this.live),
        credit: formatMoney(this.creditLimit),
        temporary: formatMoney(temporaryCreditAt(this.grant, atMs)),
      }),
      ...(terms.converts && { rate: rate === null ? null : formatRate(rate) }),
      refills: this.refillSeq,
      chargedAt: this.lastChargeAt,
      ...(!this.isActive && { status: 'stop' as const }),
    };
    return this.observed;
  }

  private change(event: ScenarioHappening, atMs: number): void {
    switch (event.kind) {
      case 'charge':
        this.live -= event.amount;
        this.lastChargeAt = atMs;
        return;
      case 'payment':
        if (this.payments.has(event.id)) return;
        this.payments.add(event.id);
        this.live += event.amount;
        this.refillSeq++;
        return;
      case 'adjustment':
        this.live += event.amount;
        return;
      case 'creditLimit':
        this.creditLimit = event.amount;
        return;
      case 'temporaryCredit':
        if (this.grant || this.balanceModel === 'unlimited' || event.validUntilMs <= atMs) return;
        this.grant = { seq: ++this.grantsMade, amount: event.amount, fromMs: atMs, untilMs: event.validUntilMs };
        return;
      case 'cancelTemporaryCredit':
        this.grant = null;
        return;
      case 'status':
        this.isActive = event.status === 'active';
        return;
      case 'balanceModel':
        this.balanceModel = event.balanceModel;
        // A credit needs a finite limit: one without limit ends it.
        if (event.balanceModel === 'unlimited') this.grant = null;
        return;
      case 'balanceSource':
        this.isSourceUp = event.up;
        return;
      case 'mail':
        this.isMailUp = event.up;
        return;
      case 'channel':
      case 'profile':
      case 'checkNow':
      case 'silence':
      case 'clientsSilence':
      case 'expireSilence':
      case 'tags':
      case 'pause':
      case 'resume':
      case 'resetCounter':
        return;
    }
  }
}
