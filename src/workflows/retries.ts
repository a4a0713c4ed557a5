import { isActivityFailure } from './failures.js';

/** After a failure the loop comes back after 10 s, 20 s … at most 5 minutes. */
const firstMs = 10_000;
const longestMs = 300_000;

/** When what an activity could not do is tried again. Instants in ms; 0: at once. */
export class Retries {
  /** nothing is read, recorded or checked before */
  at = 0;
  /** no step of the temporary credit is taken before */
  creditAt = 0;
  /** the read model is told again then; null: it knows all */
  tellAt: number | null = null;
  private failures = 0;
  private failuresToTell = 0;

  /** The database answered. */
  answered(): void {
    this.failures = 0;
    this.at = 0;
  }

  /** How long to wait after a failure of an activity; anything else is a defect and not waited for. */
  waitAfter(error: unknown): number {
    if (!isActivityFailure(error)) throw error;
    this.failures += 1;
    return waitMs(this.failures);
  }

  /** Soon again where a step could not be done although nothing failed. */
  creditStepNotDue(now: number): void {
    this.creditAt = now + firstMs;
  }

  told(): void {
    this.failuresToTell = 0;
    this.tellAt = null;
  }

  notTold(now: number): void {
    this.failuresToTell += 1;
    this.tellAt = now + waitMs(this.failuresToTell);
  }
}

function waitMs(failures: number): number {
  return Math.min(firstMs * 2 ** (failures - 1), longestMs);
}
