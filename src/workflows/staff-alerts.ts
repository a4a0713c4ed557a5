import { proxyActivities } from '@temporalio/workflow';
import type { EffectActivities } from '../activities/index.js';
import { bookkeepingPolicy } from './policies.js';

const { endAlert, raiseAlert } = proxyActivities<EffectActivities>(bookkeepingPolicy);

export type AlertKind = 'no_rate' | 'payment_refused';

/** What staff is told of one client. Nobody waits for it, but the run does not end before it is done. */
export class StaffAlerts {
  private underway = 0;

  constructor(private readonly clientId: string) {}

  /** alerts being raised or ended */
  get count(): number {
    return this.underway;
  }

  raise(kind: AlertKind, detail: string, at: number): void {
    this.keep(raiseAlert({ kind, clientId: this.clientId, detail, at }));
  }

  end(kind: AlertKind, at: number): void {
    this.keep(endAlert({ kind, clientId: this.clientId, at }));
  }

  private keep(work: Promise<void>): void {
    this.underway += 1;
    // Retried until it is done: it fails only where the whole run is cancelled.
    void work
      .catch(() => undefined)
      .finally(() => {
        this.underway -= 1;
      });
  }
}
