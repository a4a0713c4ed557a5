import { proxyLocalActivities } from '@temporalio/workflow';
import type { LocalActivities } from '../../activities/index.js';
import type { PublishInput } from '../../contract/monitor.js';
import { nextCheckAt } from '../../domain/monitoring/schedule.js';
import type { MonitorState } from '../../domain/monitoring/state.js';
import { availableText } from '../../domain/monitoring/observation.js';
import { requireActivityFailure } from '../failures.js';
import { publishPolicy } from '../policies.js';

const { publish } = proxyLocalActivities<LocalActivities>(publishPolicy);

/**
 * Writes the state and its records to the database. False when that cannot be done now: everything stays in the state
 * and is written later, and the requester of a record is answered after the write.
 */
export async function writeState(state: MonitorState, now: number): Promise<boolean> {
  try {
    await publish(publication(state, now));
    return true;
  } catch (error) {
    requireActivityFailure(error);
    return false;
  }
}

function publication(state: MonitorState, now: number): PublishInput {
  return {
    clientId: state.clientId,
    at: now,
    state: state.clientState,
    nextCheckAt: nextCheckAt(state.schedule),
    nextWakeAt: state.nextWakeAt,
    lastCheckAt: state.lastCheckAt,
    rules: state.rules,
    verdicts: state.verdicts,
    available: availableText(state),
    pausedBy: state.pausedBy,
    silences: state.silences,
    // While the balance is unknown the bounds that were set before still say what matters.
    wake: state.observed?.live === undefined ? null : state.wakeBounds,
    records: state.records,
    ...(state.capacity && { capacity: state.capacity }),
    ...(state.countsFirst && { countsFirst: true }),
  };
}
