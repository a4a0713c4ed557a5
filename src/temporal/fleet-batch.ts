import { fleetPace } from '../storage/monitoring/signal-claims.js';

/** Monitors of a batch that have evaluated within this time leave room for a larger one. */
const promptMs = 100;

/**
 * How many signals of the fleet are under way at once: initially one, one more after each batch whose monitors
 * evaluated promptly, half as many after one whose monitors did not. So the fleet takes what workers and Temporal have
 * left: a client's signal waits for a few of the fleet at most, on a small machine as on a large one.
 */
export class FleetBatch {
  size = 1;

  adapt(evaluatedInMs: number): void {
    this.size =
      evaluatedInMs <= promptMs ? Math.min(this.size + 1, fleetPace.batch) : Math.max(1, Math.floor(this.size / 2));
  }
}
