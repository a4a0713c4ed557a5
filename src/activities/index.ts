import { bookkeepingActivities } from './bookkeeping.js';
import { creditActivities } from './credit.js';
import { deliverActivities } from './notifications/deliver.js';
import type { ActivityDeps } from './deps.js';
import { fleetActivities } from './fleet.js';
import { observeActivities } from './observe.js';

export type { ActivityDeps } from './deps.js';

/** Quick reads and the read model: run as local activities inside a workflow task. */
export function createLocalActivities(deps: ActivityDeps) {
  return observeActivities(deps);
}

/** Side effects, on their own task queue. */
export function createEffectActivities(deps: ActivityDeps) {
  return {
    ...deliverActivities(deps),
    ...creditActivities(deps),
    ...bookkeepingActivities(deps),
    ...fleetActivities(deps),
  };
}

export type LocalActivities = ReturnType<typeof createLocalActivities>;
export type EffectActivities = ReturnType<typeof createEffectActivities>;
