import { parseScenario } from '../../../src/simulate/parse.js';
import { runOracle } from '../oracle/index.js';
import { castStory, editOf, newProfile, type Cast, type Fields } from './cast.js';
import type { Dice } from './dice.js';
import { detourScene, hoverScene, outageScene, type Beat, type Facts } from './scenes.js';

const startMs = Date.UTC(2026, 2, 1);
const minuteMs = 60_000;
/** Everything happens on this grid but the return of the mail server and a few events between. */
const gridMs = 5 * minuteMs;

type StoryEvent = Fields & { readonly at: string };

/** Writes one random story. Whether its outages are clear is for the caller to see. */
export class Plot {
  private readonly cast: Cast;
  private readonly events: StoryEvent[] = [];
  private nowMs = startMs;
  /** the mail server is back from here on; infinite: it stays down */
  private mailBackMs = startMs;
  private advancedRules: readonly Fields[];
  private currency: string;
  private hasProfile: boolean;
  private isStopped: boolean;
  private isPaused = false;
  private isSourceDown = false;
  private balanceModel: string;
  private payments = 0;

  constructor(private readonly dice: Dice) {
    this.cast = castStory(dice, (minutes) => textOf(startMs + minutes * minuteMs));
    const { profile, client } = this.cast;
    this.hasProfile = profile !== null;
    this.advancedRules = (profile?.['advancedRules'] ?? []) as Fields[];
    this.currency = String(profile?.['currency'] ?? client['currency']);
    this.isStopped = client['status'] === 'stop';
    this.balanceModel = String(client['balanceModel']);
  }

  /** The story as a file holds it, without expectations. */
  write(): Fields {
    const moments = this.dice.int(3, 16);
    for (let moment = 0; moment < moments; moment++) {
      this.nowMs = this.nextMomentMs();
      if (this.dice.chance(0.25)) this.playScene();
      else for (let left = this.dice.pick([1, 1, 1, 1, 1, 2, 2, 3]); left > 0; left--) this.happen();
    }
    return this.fileUntil(this.nowMs + this.dice.pick([0, 60, 360, 1_500]) * minuteMs);
  }

  private fileUntil(untilMs: number): Fields {
    const { profile, ...cast } = this.cast;
    const events = [...this.events].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
    const head = { scenario: 1, name: 'a random story', start: textOf(startMs), until: textOf(untilMs) };
    return { ...head, ...(profile ? { profile } : {}), ...cast, events, expect: { notifications: [] } };
  }

  /** Often exactly where the monitor acts without an event: a check, or the end of a period, an hour, a wait. */
  private nextMomentMs(): number {
    const { dice } = this;
    if (dice.chance(0.3)) {
      const scenario = parseScenario(JSON.stringify(this.fileUntil(this.nowMs)), 'a prefix');
      const nearMs = this.nowMs + 1_440 * minuteMs;
      const upcoming = runOracle(scenario).upcomingMs.filter((ms) => ms <= nearMs && ms % minuteMs === 0);
      if (upcoming.length > 0) return dice.pick(upcoming.sort((a, b) => a - b));
    }
    const isMailDown = this.nowMs < this.mailBackMs && Number.isFinite(this.mailBackMs);
    const steps = isMailDown && dice.chance(0.6) ? [5, 5, 10, 15, 20] : [5, 10, 20, 30, 60, 60, 120, 240, 600];
    const nextMs = this.onGrid() + dice.pick(steps) * minuteMs;
    return dice.chance(0.08) ? nextMs + dice.pick([-1, 1, 17, 100]) * 1_000 : nextMs;
  }

  private playScene(): void {
    const { dice } = this;
    const facts: Facts = {
      hasProfile: this.hasProfile,
      advancedRules: this.advancedRules,
      currency: this.currency,
      balanceModel: this.balanceModel === 'unlimited' ? 'prepaid' : this.balanceModel,
      ruleKey: this.ruleKey(),
    };
    const kinds =
      this.nowMs > this.mailBackMs ? { outage: 5, hover: 2, detour: 3 } : { outage: 0, hover: 2, detour: 3 };
    const kind = dice.weighted(kinds);
    const scenes = { outage: outageScene, hover: hoverScene, detour: detourScene };
    for (const beat of scenes[kind](dice, facts)) this.play(beat);
  }

  private play({ minutes, happening }: Beat): void {
    if (minutes > 0) this.nowMs = this.onGrid() + minutes * minuteMs;
    if (happening === 'mailBack') {
      this.bringMailBack(this.nowMs);
      return;
    }
    this.add(happening);
    if (happening['mail'] === 'down') this.mailBackMs = Number.POSITIVE_INFINITY;
  }

  private happen(): void {
    const { dice } = this;
    const kind = dice.weighted({
      charge: 10,
      payment: 6,
      adjustment: 3,
      creditLimit: 1.5,
      temporaryCredit: 2.5,
      cancelTemporaryCredit: 1,
      status: this.isStopped ? 12 : 1.2,
      pause: this.isPaused ? 12 : 1.2,
      profile: 5,
      checkNow: 2,
      silence: 2,
      resetCounter: 2,
      balanceModel: this.balanceModel === 'unlimited' ? 8 : 0.8,
      balanceSource: this.isSourceDown ? 12 : 1.5,
      mail: this.nowMs > this.mailBackMs ? 4 : 0,
    });
    switch (kind) {
      case 'charge':
        return this.add({ charge: dice.chance(0.85) ? `${dice.int(5, 50)}.00` : dice.pick(['0.004', '0.50']) });
      case 'payment':
        return this.add({ payment: dice.chance(0.85) ? `${dice.int(1, 45)}.00` : '0.01' });
      case 'adjustment':
        return this.add({ adjustment: `${dice.pick(['', '-'])}${dice.int(1, 40)}.00` });
      case 'creditLimit':
        return this.add({ creditLimit: dice.pick(['0.00', '15.00', '40.00']) });
      case 'temporaryCredit': {
        const validUntil = this.later(dice.pick([0, 30, 60, 120, 300, 900]));
        return this.add({ temporaryCredit: { amount: `${dice.int(5, 60)}.00`, validUntil } });
      }
      case 'cancelTemporaryCredit':
        return this.add({ cancelTemporaryCredit: true });
      case 'status':
        return this.add({ status: this.isStopped === dice.chance(0.9) ? 'active' : 'stop' });
      case 'pause':
        return this.add(this.isPaused === dice.chance(0.9) ? { resume: true } : { pause: true });
      case 'profile':
        return this.add({ profile: this.hasProfile ? editOf(dice) : newProfile(dice) });
      case 'checkNow':
        return this.add({ checkNow: true });
      case 'silence':
        return this.add({ silence: dice.pick([5, 30, 60, 120, 700]) });
      case 'resetCounter': {
        const rule = this.ruleKey();
        return rule === null ? undefined : this.add({ resetCounter: { rule } });
      }
      case 'balanceModel':
        return this.add({ balanceModel: dice.pick(['prepaid', 'prepaid', 'postpaid', 'unlimited']) });
      case 'balanceSource':
        return this.add({ balanceSource: this.isSourceDown ? 'up' : 'down' });
      case 'mail': {
        this.add({ mail: 'down' });
        const minutes = dice.pick([5, 10, 20, 25, 40, 50, 75, 120, 300]);
        if (dice.chance(0.94)) this.bringMailBack(this.onGrid() + minutes * minuteMs);
        else this.mailBackMs = Number.POSITIVE_INFINITY;
      }
    }
  }

  /** Between two instants of the grid, far from both. */
  private bringMailBack(afterMs: number): void {
    this.mailBackMs = afterMs - (afterMs % gridMs) + this.dice.int(100, 200) * 1_000;
    this.events.push({ at: textOf(this.mailBackMs), mail: 'up' });
  }

  /** Adds an event at this instant, completes it, and keeps in mind what it changes. */
  private add(given: Fields): void {
    const happening = this.complete(given);
    // The rules do not define the outcome when a change that ends a temporary credit is undone at the same instant.
    if ('balanceModel' in happening && this.hasAtThisInstant('balanceModel')) return;
    this.events.push({ at: textOf(this.nowMs), ...happening });
    if ('status' in happening) this.isStopped = happening['status'] === 'stop';
    if ('pause' in happening) this.isPaused = true;
    if ('resume' in happening) this.isPaused = false;
    if ('balanceSource' in happening) this.isSourceDown = happening['balanceSource'] === 'down';
    if ('balanceModel' in happening) this.balanceModel = String(happening['balanceModel']);
    if ('profile' in happening) {
      const edit = happening['profile'] as Fields;
      this.hasProfile = true;
      if ('advancedRules' in edit) this.advancedRules = edit['advancedRules'] as Fields[];
      if ('currency' in edit) this.currency = String(edit['currency']);
    }
  }

  private complete(given: Fields): Fields {
    if (typeof given['payment'] === 'string') {
      if (this.payments === 0 || this.dice.chance(0.9)) this.payments++;
      return { payment: { id: `pay-${this.payments}`, amount: given['payment'] } };
    }
    if (typeof given['silence'] === 'number') {
      const rule = this.dice.chance(0.4) ? null : this.ruleKey();
      return { silence: { ...(rule === null ? {} : { rule }), until: this.later(given['silence']) } };
    }
    return given;
  }

  private later(minutes: number): string {
    return textOf(this.nowMs - (this.nowMs % minuteMs) + minutes * minuteMs);
  }

  private onGrid(): number {
    return this.nowMs - (this.nowMs % gridMs);
  }

  private hasAtThisInstant(kind: string): boolean {
    const at = textOf(this.nowMs);
    return this.events.some((event) => event.at === at && kind in event);
  }

  /** A rule that the client keeps; a removed rule would take its silence along. Null: it has none. */
  private ruleKey(): string | null {
    const canonical: Record<string, string> = { '10': '10.00', '62.5': '62.50', '50.0%': '50%' };
    const warnings = this.cast.client['warningThresholds'] as string[];
    const keys = warnings.map((text) => `warning:${canonical[text] ?? text}`);
    if (this.hasProfile) keys.push('user', 'client', 'client');
    for (const [flag, key] of [
      ['notifyClient', 'client-own'],
      ['notifyAdmin', 'admin-own'],
    ] as const)
      if (this.cast.client[flag] === true) keys.push(key);
    return keys.length > 0 ? this.dice.pick(keys) : null;
  }
}

function textOf(atMs: number): string {
  return `${new Date(atMs).toISOString().slice(0, 19)}Z`;
}
