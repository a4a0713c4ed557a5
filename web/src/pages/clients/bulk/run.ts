import { impactToConfirm, isApiError, problemDetail, problemTitle } from '../../../api/problems';
import type { NotificationImpact } from '../../../form/ImpactSummary';

/** Who it is done to; the name is for the people who watch. */
export interface Target {
  readonly id: string;
  readonly name: string;
}

/** The clients of a run, a batch at a time, and how many there will be. */
export interface Targets {
  readonly total: number;
  readonly batches: () => AsyncIterable<readonly Target[]>;
}

/** What is done to each. */
export interface Task {
  /** @returns what came of it, in words; @throws ApiError where it was refused */
  readonly one: (client: Target) => Promise<string>;
  /** the same for a batch at once, all of them or none; `confirmed`: how many clients the user agreed to notify */
  readonly many?: (clients: readonly Target[], confirmed?: number) => Promise<string>;
}

const batchSize = 200;

export async function* inBatches(clients: readonly Target[]): AsyncIterable<readonly Target[]> {
  for (let from = 0; from < clients.length; from += batchSize) yield clients.slice(from, from + batchSize);
}

export interface Result {
  readonly client: Target;
  readonly isDone: boolean;
  /** what came of it, or why not */
  readonly text: string;
  readonly requestId: string | null;
}

/**
 * `confirming`: waits for the user, because many clients would be notified. `gave_up`: the service is not responding, or
 * the session has ended; remaining clients were not changed.
 */
export type Phase = 'running' | 'confirming' | 'stopping' | 'stopped' | 'gave_up' | 'finished';

export interface RunState {
  readonly phase: Phase;
  readonly total: number;
  readonly results: readonly Result[];
  /** why it gave up, or could not read on */
  readonly error: unknown;
  /** what waits for the user's confirmation; null: nothing */
  readonly impact: NotificationImpact | null;
}

const atOnce = 4;
const showMs = 200;
/** So many refusals in a row because nobody is there: going on would only fail for everybody else. */
const patience = 8;

/**
 * A task over a selection, one client after another, in this tab. It can be stopped: what has begun is finished, so that
 * the outcome of every client that was touched is known.
 */
export class BulkRun {
  private readonly task: Task;
  private readonly targets: Targets;
  private readonly results: Result[] = [];
  private readonly listeners = new Set<() => void>();
  private phase: Phase = 'running';
  private error: unknown = null;
  private away = 0;
  private impact: NotificationImpact | null = null;
  /** the user has agreed to many notifications in this run */
  private isConfirmed = false;
  private decide: ((isConfirmed: boolean) => void) | null = null;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private shown: RunState;

  constructor(task: Task, targets: Targets) {
    this.task = task;
    this.targets = targets;
    this.shown = { phase: 'running', total: targets.total, results: [], error: null, impact: null };
    void this.go();
  }

  readonly state = (): RunState => this.shown;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  get isOver(): boolean {
    return !['running', 'confirming', 'stopping'].includes(this.phase);
  }

  stop(): void {
    if (this.phase === 'running' || this.phase === 'confirming') this.enter('stopping');
    this.decide?.(false);
  }

  /** Goes on with a batch that notifies many clients, and with all later ones. */
  confirm(): void {
    this.decide?.(true);
  }

  /** The same for those for whom it failed. */
  again(): BulkRun {
    const failed = this.results.filter(({ isDone }) => !isDone).map(({ client }) => client);
    return new BulkRun(this.task, { total: failed.length, batches: () => inBatches(failed) });
  }

  private async go(): Promise<void> {
    try {
      for await (const batch of this.targets.batches()) {
        if (this.phase !== 'running') break;
        await this.doBatch(batch);
        if (this.phase !== 'running') break;
      }
      this.enter(this.phase === 'running' ? 'finished' : this.phase === 'stopping' ? 'stopped' : this.phase);
    } catch (error) {
      this.error = error;
      this.enter('gave_up');
    }
  }

  private async doBatch(batch: readonly Target[]): Promise<void> {
    if (batch.length > 1 && (await this.doAtOnce(batch))) return;
    const waiting = [...batch];
    const work = async (): Promise<void> => {
      for (let next = waiting.shift(); next && this.phase === 'running'; next = waiting.shift()) await this.doOne(next);
    };
    await Promise.all(Array.from({ length: atOnce }, work));
  }

  /** One request for the batch. Where one client does not fit, all are refused: then each is asked for alone. */
  private async doAtOnce(batch: readonly Target[]): Promise<boolean> {
    const { many } = this.task;
    if (!many) return false;
    let confirmed: number | undefined;
    for (;;) {
      try {
        const text = await this.patiently(() => many(batch, confirmed));
        for (const client of batch) this.note({ client, isDone: true, text, requestId: null });
        return true;
      } catch (error) {
        const impact = impactToConfirm(error);
        if (impact && !(await this.isAgreed(impact))) return true;
        if (!impact && isApiError(error)) return false;
        if (!impact) throw error;
        confirmed = impact.newlyNotified.count;
      }
    }
  }

  /** Asks once in a run. */
  private async isAgreed(impact: NotificationImpact): Promise<boolean> {
    if (this.phase !== 'running') return false;
    if (this.isConfirmed) return true;
    const answer = new Promise<boolean>((resolve) => (this.decide = resolve));
    this.impact = impact;
    this.enter('confirming');
    this.isConfirmed = await answer;
    this.decide = null;
    this.impact = null;
    this.enter(this.isConfirmed ? 'running' : 'stopping');
    return this.isConfirmed;
  }

  private async doOne(client: Target): Promise<void> {
    try {
      const text = await this.patiently(() => this.task.one(client));
      this.note({ client, isDone: true, text, requestId: null });
      this.away = 0;
    } catch (error) {
      this.fail(client, error);
    }
  }

  /** Waits and asks again where the service says that these are too many requests. */
  private async patiently<T>(ask: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await ask();
      } catch (error) {
        if (!isApiError(error) || error.status !== 429 || this.phase !== 'running') throw error;
        await this.pause((error.retryAfterSeconds ?? 1) * 1000);
      }
    }
  }

  private fail(client: Target, error: unknown): void {
    const text = [problemTitle(error), problemDetail(error)].filter(Boolean).join(': ');
    this.note({ client, isDone: false, text, requestId: isApiError(error) ? error.requestId : null });
    const status = isApiError(error) ? error.status : null;
    this.away = status === 0 || status === 503 ? this.away + 1 : 0;
    if (status !== 401 && this.away < patience) return;
    this.error = error;
    this.enter('gave_up');
  }

  private note(result: Result): void {
    this.results.push(result);
    // A run of thousands draws a few times a second, not once a client.
    this.timer ??= setTimeout(() => this.show(), showMs);
  }

  private enter(phase: Phase): void {
    this.phase = phase;
    this.show();
  }

  private show(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    const { phase, error, impact } = this;
    const total = phase === 'finished' ? this.results.length : Math.max(this.targets.total, this.results.length);
    this.shown = { phase, total, results: [...this.results], error, impact };
    for (const listener of this.listeners) listener();
  }

  /** Until the rate limit lets more through, or somebody stops the run. */
  private async pause(ms: number): Promise<void> {
    const until = Date.now() + ms;
    while (Date.now() < until && this.phase === 'running') {
      await new Promise((resolve) => setTimeout(resolve, showMs));
    }
  }
}
