import type { Observation } from '../domain/evaluate.js';
import { temporaryCreditAt } from '../domain/grants.js';
import type { Micros } from '../domain/money.js';
import type { Terms } from './rules.js';
import type { Scenario, ScenarioHappening } from './scenario.js';

interface Grant {
  readonly amount: Micros;
  readonly fromMs: number;
  readonly untilMs: number;
}

const noSilences: Observation['silences'] = {};

/** The client's side of a scenario: what the ledger, the credit and the outer systems say at each instant. */
export class Books {
  private live: Micros;
  private creditLimit: Micros;
  private grant: Grant | null = null;
  private refillSeq = 0;
  private lastChargeAt: number;
  private active: boolean;
  private sourceUp = true;
  private readonly payments = new Set<string>();
  private readonly unlimited: boolean;
  private observation: Observation | null = null;
  /** from here on the observation is another one, though nothing happened: the next rate comes into force */
  private observationEndsMs = 0;
  mailUp = true;

  constructor(scenario: Scenario) {
    this.live = scenario.client.openingBalance;
    this.creditLimit = scenario.client.creditLimit;
    this.active = scenario.client.status === 'active';
    this.unlimited = scenario.client.balanceModel === 'unlimited';
    this.lastChargeAt = scenario.startMs;
  }

  /** When the temporary credit ends that is valid now; infinite where there is none. */
  get revertAtMs(): number {
    return this.grant?.untilMs ?? Number.POSITIVE_INFINITY;
  }

  revert(): void {
    this.grant = null;
    this.observation = null;
  }

  /** Applies what happens to the client; true where the balance or the credit changed, or a refill arrived. */
  apply(event: ScenarioHappening, atMs: number): boolean {
    const changed = this.change(event, atMs);
    this.observation = null;
    return changed;
  }

  /** What a monitor sees at an instant. */
  observe(atMs: number, terms: Terms): Observation {
    if (this.observation && atMs < this.observationEndsMs) return this.observation;
    this.observationEndsMs = Number.POSITIVE_INFINITY;
    let rate: Observation['rate'] = null;
    for (const next of terms.rates) {
      if (next.atMs > atMs) {
        this.observationEndsMs = next.atMs;
        break;
      }
      rate = next.rate;
    }
    this.observation = {
      balance: this.sourceUp
        ? {
            live: this.live,
            creditLimit: this.creditLimit,
            temporaryCredit: temporaryCreditAt(this.grant, atMs),
          }
        : null,
      rate,
      refillSeq: this.refillSeq,
      lastChargeAt: this.lastChargeAt,
      unlimited: this.unlimited,
      paused: !this.active,
      silences: noSilences,
    };
    return this.observation;
  }

  private change(event: ScenarioHappening, atMs: number): boolean {
    switch (event.kind) {
      case 'charge':
        this.live -= event.amount;
        this.lastChargeAt = atMs;
        return true;
      case 'payment':
        if (this.payments.has(event.id)) return false;
        this.payments.add(event.id);
        this.live += event.amount;
        this.refillSeq++;
        return true;
      case 'adjustment':
        this.live += event.amount;
        return true;
      case 'creditLimit':
        this.creditLimit = event.amount;
        return true;
      case 'temporaryCredit':
        if (this.grant || this.unlimited) return false;
        this.grant = { amount: event.amount, fromMs: atMs, untilMs: event.validUntilMs };
        return true;
      case 'cancelTemporaryCredit':
        if (!this.grant) return false;
        this.grant = null;
        return true;
      case 'status':
        this.active = event.status === 'active';
        return false;
      case 'balanceSource':
        this.sourceUp = event.up;
        return false;
      case 'mail':
        this.mailUp = event.up;
        return false;
      case 'profile':
      case 'checkNow':
      case 'silence':
      case 'pause':
      case 'resume':
      case 'resetCounter':
      case 'balanceModel':
        return false;
    }
  }
}
