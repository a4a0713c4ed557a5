import type { ObserveInput, ObserveResult, PublishInput, RecordCheckInput } from '../../../src/contract/monitor.js';

/** The evaluation after a delivery follows at once, or in the next second. */
const afterDeliveryMs = 2000;

/**
 * Notes at which instants the monitor reads its client, for the clock of a simulation does not wait: on a busy machine
 * a second may pass before the monitor gets to what is due. An evaluation belongs to the instant that is being played,
 * or to the instant at which the monitor planned to wake. A scheduled check has the instant of its schedule anyway.
 */
export class EvaluationTimes {
  /** the latest instant of a read in ms */
  latestMs = 0;
  /** the first read that came at another instant than it should; null: none */
  late: { readonly readMs: number; readonly dueMs: number } | null = null;
  /** A read took too long on a busy machine: the monitor reads again at an instant that is none of the story's. */
  hasTimedOut = false;
  private playedMs = 0;
  private plannedMs: number | null = null;
  private isUnknown = false;
  private isLoading = false;
  /** when the first run first read its client; null: not yet */
  private restoredMs: number | null = null;
  /** notifications whose deliveries had not ended when the state was last written */
  private pending = 0;
  /** when that number last fell */
  private endedMs = Number.NEGATIVE_INFINITY;

  /** @param whenTimedOut called within a read; calls back when it has timed out */
  constructor(private readonly whenTimedOut: (callBack: () => void) => void) {}

  /** A new story begins. */
  reset(): void {
    this.latestMs = 0;
    this.late = null;
    this.hasTimedOut = false;
    this.plannedMs = null;
    this.isUnknown = false;
    this.isLoading = false;
    this.restoredMs = null;
    this.pending = 0;
    this.endedMs = Number.NEGATIVE_INFINITY;
  }

  /** What happens at this instant is given to the monitor from now on. */
  play(atMs: number): void {
    this.playedMs = atMs;
  }

  /** The same read, noted. */
  aroundRead<I extends ObserveInput | RecordCheckInput>(
    read: (input: I) => Promise<ObserveResult>,
  ): (input: I) => Promise<ObserveResult> {
    return (input) => {
      this.note(input);
      this.whenTimedOut(() => (this.hasTimedOut = true));
      return read(input);
    };
  }

  /** The same write, noted: it says when the monitor will wake. */
  aroundPublish(publish: (input: PublishInput) => Promise<void>): (input: PublishInput) => Promise<void> {
    return (input) => {
      this.plannedMs = input.nextWakeAt;
      this.isUnknown = input.available === null;
      const pending = Object.values(input.rules).filter((rule) => rule.pending !== undefined).length;
      if (pending < this.pending) this.endedMs = input.at;
      this.pending = pending;
      return publish(input);
    };
  }

  private note(input: ObserveInput | RecordCheckInput): void {
    this.latestMs = Math.max(this.latestMs, input.at);
    const isLoad = input.known === '';
    // A run that has just begun evaluates once more what the one before has evaluated.
    const isFree = ('check' in input || isLoad || this.isLoading) && !this.repeatsFirstRead(input);
    this.isLoading = isLoad;
    if (!isFree && !this.isTimely(input.at)) {
      this.late ??= { readMs: input.at, dueMs: Math.max(this.playedMs, this.plannedMs ?? 0) };
    }
  }

  /** The first read failed, and its schedule begins later than it should. */
  private repeatsFirstRead(input: ObserveInput | RecordCheckInput): boolean {
    if (!('restore' in input)) return false;
    this.restoredMs ??= input.at;
    return input.at !== this.restoredMs;
  }

  private isTimely(atMs: number): boolean {
    if (atMs === this.playedMs || atMs === this.plannedMs) return true;
    // A notification that failed makes the monitor evaluate, whenever that is; nothing can be sent then.
    if (atMs >= this.endedMs && atMs <= this.endedMs + afterDeliveryMs) return true;
    // Nothing can be decided while the balance is unknown: such a read may come at any time.
    return this.isUnknown && this.plannedMs !== null && atMs >= this.plannedMs;
  }
}
