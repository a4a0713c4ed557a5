import type {
  AdvanceGrantInput,
  CarriedState,
  DeliverInput,
  GrantTimes,
  MonitorConfig,
  ObserveResult,
  StoredMonitor,
} from '../contract/monitor.js';
import {
  availableOf,
  continueEpisodes,
  keepRules,
  settle,
  type Balance,
  type Observation,
  type Reason,
  type RuleStates,
  type Verdict,
} from '../domain/evaluate.js';
import { formatMoney, moneyOf, rateOf, rateUnit } from '../domain/money.js';
import { compileRules, type RuleSet } from '../domain/rules.js';
import { spreadMs } from '../domain/schedule.js';
import type { StateWord } from '../domain/state-word.js';
import { packRules, packVerdicts, unpackRules, unpackVerdicts } from './carried-state.js';

const nothingToWatch: RuleSet = { rules: [], whenSeveral: 'each', converts: false };

/** What a monitor knows: its client's configuration, the state of its rules, the schedule. It does nothing itself. */
export class Watch {
  /** null until the first observation of this run */
  config: MonitorConfig | null = null;
  ruleSet: RuleSet = nothingToWatch;
  ruleStates: RuleStates;
  verdicts: readonly Verdict[];
  observation: Observation | null = null;
  /** the balance under which the rules were last looked at; null: not in this run */
  lookedAt: Balance | null = null;
  /** a crossing was noticed and its check is still to come */
  owesCheck = false;
  /** staff was told that a rate is missing, and none was seen since */
  rateMissing: boolean;
  clientStopped = false;
  lastCheckAt: number | null;
  pausedBy: string | null;
  silences: Readonly<Record<string, number>>;
  word: StateWord;
  /** the word that Temporal's search attribute shows */
  indexedWord: StateWord;
  /** fingerprint of what the read model was last told */
  published: string;
  private lastDue: number;
  private first: boolean;
  readonly runs: number;

  constructor(
    readonly clientId: string,
    carried: CarriedState,
  ) {
    this.lastDue = carried.lastDue;
    this.first = carried.first ?? false;
    this.ruleStates = unpackRules(carried.rules);
    this.verdicts = unpackVerdicts(carried.verdicts ?? {});
    this.lastCheckAt = carried.lastCheckAt ?? null;
    this.pausedBy = carried.pausedBy ?? null;
    this.silences = carried.silences ?? {};
    this.word = carried.word ?? 'unknown';
    this.indexedWord = this.word;
    this.published = carried.published ?? '';
    this.rateMissing = carried.rateMissing ?? this.saysNoRate;
    this.runs = carried.runs;
  }

  carry(): CarriedState {
    return {
      lastDue: this.lastDue,
      ...(this.first && { first: true as const }),
      rules: packRules(this.ruleStates),
      ...(this.verdicts.length > 0 && { verdicts: packVerdicts(this.verdicts) }),
      ...(this.lastCheckAt !== null && { lastCheckAt: this.lastCheckAt }),
      ...(this.pausedBy !== null && { pausedBy: this.pausedBy }),
      ...(Object.keys(this.silences).length > 0 && { silences: this.silences }),
      word: this.word,
      published: this.published,
      ...(this.rateMissing && { rateMissing: true as const }),
      runs: this.runs + 1,
    };
  }

  /** Takes up what an earlier monitor of the client left, which lost its run: counts, silences and the schedule. */
  restore(stored: StoredMonitor): void {
    this.ruleStates = this.keptStates(settled(unpackRules(stored.rules), stored.handedOver));
    this.pausedBy = stored.pausedBy;
    this.silences = stored.silences;
    this.lastCheckAt = stored.lastCheckAt;
    this.observation = this.refreshed();
    if (stored.nextCheckAt === null) return;
    this.first = false;
    this.lastDue = stored.nextCheckAt - this.intervalMs - this.spread;
  }

  /** Takes in what was observed. True when the configuration is another one now. */
  take(result: ObserveResult, now: number): boolean {
    if (result.config) this.configure(result.config, now);
    this.clientStopped = result.status === 'stop';
    this.observation = this.observationOf(result);
    return result.config !== undefined;
  }

  private configure(config: MonitorConfig, now: number): void {
    const intervalBefore = this.config?.intervalMs;
    this.config = config;
    // A new interval counts from the last check. Where that is past already the check is due now, and the schedule
    // goes on from here.
    const isShorter = intervalBefore !== undefined && config.intervalMs < intervalBefore;
    if (isShorter && !this.first && this.nextCheckAt < now) this.lastDue = now - this.intervalMs - this.spread;
    this.ruleSet = compileRules(config.rules, config.whenSeveral);
    this.ruleStates = this.keptStates(this.ruleStates);
  }

  /** An edit keeps counts by rule key; a key that comes back begins after the last episode that it had. */
  private keptStates(states: RuleStates): RuleStates {
    return keepRules(this.ruleSet, continueEpisodes(states, this.config?.episodes ?? {}));
  }

  private observationOf(result: ObserveResult): Observation {
    return {
      balance:
        result.live === undefined
          ? null
          : {
              live: moneyOf(result.live),
              creditLimit: moneyOf(result.credit ?? '0'),
              temporaryCredit: moneyOf(result.temporary ?? '0'),
            },
      rate: result.rate === undefined ? rateUnit : result.rate === null ? null : rateOf(result.rate),
      refillSeq: result.refills,
      lastChargeAt: result.chargedAt,
      unlimited: this.config?.unlimited ?? false,
      paused: this.isPaused,
      silences: this.silences,
    };
  }

  get isPaused(): boolean {
    return this.clientStopped || this.pausedBy !== null;
  }

  /** The observation under what was changed by hand since. */
  refreshed(): Observation | null {
    return this.observation && { ...this.observation, paused: this.isPaused, silences: this.silences };
  }

  /** The states after a look at what was observed. */
  looked(ruleStates: RuleStates): void {
    this.ruleStates = ruleStates;
    this.lookedAt = this.observation?.balance ?? this.lookedAt;
  }

  /** The balance or the credit is another than when the rules were last looked at. */
  get hasMoved(): boolean {
    const now = this.observation?.balance;
    const before = this.lookedAt;
    if (!now || !before) return false;
    return (
      now.live !== before.live ||
      now.creditLimit !== before.creditLimit ||
      now.temporaryCredit !== before.temporaryCredit
    );
  }

  /** The last check could not decide for want of an exchange rate. */
  get saysNoRate(): boolean {
    return this.verdicts.some(({ reason }) => reason === 'no_rate');
  }

  get available(): string | null {
    const balance = this.observation?.balance;
    return balance ? formatMoney(availableOf(balance)) : null;
  }

  get grant(): GrantTimes | null {
    return this.config?.grant ?? null;
  }

  get intervalMs(): number {
    return this.config?.intervalMs ?? 3_600_000;
  }

  private get spread(): number {
    const options = this.config?.options;
    return options
      ? spreadMs(this.clientId, this.intervalMs, { share: options.spreadShare, maxMs: options.spreadMaxMs })
      : 0;
  }

  /** When the schedule has its next check due. A new interval counts from the last check. */
  get nextCheckAt(): number {
    return this.first ? this.lastDue : this.lastDue + this.intervalMs + this.spread;
  }

  /** The scheduled check that is due at `now`: its instant, and that of the one after it. Missed ones are left out. */
  dueCheck(now: number): { readonly dueAt: number; readonly nextAt: number } {
    const base = this.baseOf(now);
    return { dueAt: this.first ? base : base + this.spread, nextAt: base + this.intervalMs + this.spread };
  }

  /** Moves the schedule past the check that was due at `now`. */
  passCheck(now: number): void {
    this.lastDue = this.baseOf(now);
    this.first = false;
  }

  private baseOf(now: number): number {
    if (this.first) return this.lastDue;
    const intervals = Math.floor((now - this.spread - this.lastDue) / this.intervalMs);
    return this.lastDue + Math.max(intervals, 1) * this.intervalMs;
  }

  /** The next step of the temporary credit and when it is due. Past its end nothing is left but to revert it. */
  creditStep(now: number): { readonly step: AdvanceGrantInput['step']; readonly at: number } | null {
    const grant = this.grant;
    if (!grant) return null;
    if (now >= grant.until) return { step: 'revert', at: grant.until };
    if (!grant.started) return { step: 'start', at: grant.from };
    if (!grant.warned && grant.warnAt !== null) return { step: 'warn', at: grant.warnAt };
    return { step: 'revert', at: grant.until };
  }

  get silenceEndsAt(): number | null {
    const ends = Object.values(this.silences);
    return ends.length === 0 ? null : Math.min(...ends);
  }

  /** The delivery of a mail ended: the verdict that sent it says how. */
  verdictEnded(mail: Pick<DeliverInput, 'rule' | 'episode' | 'number'>, reason: Reason): void {
    this.verdicts = this.verdicts.map((verdict) =>
      verdict.rule === mail.rule && verdict.episode === mail.episode && verdict.number === mail.number
        ? { rule: mail.rule, reason }
        : verdict,
    );
  }
}

/** A mail that was on its way when its monitor was lost counts where it was handed over; else it is sent again. */
function settled(states: RuleStates, handedOver: readonly string[]): RuleStates {
  let after = states;
  for (const [rule, { sending }] of Object.entries(states)) {
    if (sending) after = settle(after, { rule, ...sending }, handedOver.includes(rule) ? 'accepted' : 'failed');
  }
  return after;
}
