import { proxyActivities } from '@temporalio/workflow';
import type { EffectActivities } from '../../activities/index.js';
import type { RaiseEventInput } from '../../contract/events.js';
import { bookkeepingPolicy } from '../policies.js';

const { raiseEvent } = proxyActivities<EffectActivities>(bookkeepingPolicy);

/**
 * Writes events of one client to the events log. Nothing waits for that, but the run does not end before it is done.
 */
export class EventReporter {
  /** events that are being written */
  count = 0;

  constructor(private readonly clientId: string) {}

  raise(kind: RaiseEventInput['kind'], at: number): void {
    this.count += 1;
    // Retried until it succeeds: it fails only when the run is canceled.
    void raiseEvent({ kind, clientId: this.clientId, at, data: {} })
      .catch(() => undefined)
      .finally(() => {
        this.count -= 1;
      });
  }
}
