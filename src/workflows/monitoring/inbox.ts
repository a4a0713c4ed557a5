import type { RefilledSignal } from '../../contract/refills.js';
import type { MonitorRequest } from '../../domain/monitoring/state.js';

/** What waits for the loop, in the order in which it arrived. */
export type Arrival =
  /** a payment that a payment system signaled itself: recorded before anything that arrived later is answered */
  | { readonly kind: 'refill'; readonly payment: RefilledSignal }
  | { readonly kind: 'request'; readonly request: MonitorRequest }
  /** a change of temporary credit: the activity decides, refuses, and records it */
  | { readonly kind: 'credit'; readonly id: string; readonly run: () => Promise<unknown> };

/** Signals, refills, and requests that the handlers put down and the loop takes up. */
export class Inbox {
  /** the balance, the credit, or the configuration may have changed */
  isDirty = false;
  private arrivals: Arrival[] = [];

  add(arrival: Arrival): void {
    this.arrivals.push(arrival);
  }

  get next(): Arrival | undefined {
    return this.arrivals[0];
  }

  removeNext(): void {
    this.arrivals.shift();
  }

  get hasArrivals(): boolean {
    return this.arrivals.length > 0;
  }

  get isEmpty(): boolean {
    return !this.isDirty && !this.hasArrivals;
  }

  /** Takes away everything but refills, which are recorded even for a client that is gone. */
  removeRequests(): void {
    this.arrivals = this.arrivals.filter(({ kind }) => kind === 'refill');
  }
}
