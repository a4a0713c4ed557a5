import { proxyLocalActivities, setCurrentDetails, upsertSearchAttributes, uuid4 } from '@temporalio/workflow';
import type { LocalActivities } from '../activities/index.js';
import type { CheckKind, Explanation, MonitorAction, PublishInput } from '../contract/monitor.js';
import { lowwaterState } from '../contract/search-attributes.js';
import { fingerprint } from '../domain/hash.js';
import { formatMoney } from '../domain/money.js';
import { neverWake, wakeBounds, type WakeBounds } from '../domain/wake.js';
import { packRules } from './carried-state.js';
import { isActivityFailure } from './failures.js';
import { monitorDetails } from './monitor-details.js';
import { readPolicy } from './policies.js';
import type { Watch } from './watch.js';

const { publish } = proxyLocalActivities<LocalActivities>(readPolicy);

export interface Occasion {
  readonly check?: CheckKind;
  readonly action?: MonitorAction;
}

/**
 * Tells the read model what changed, and only then: a check that says what the one before said writes nothing here.
 * When the database is away the monitor goes on, and tells it again after a while; false then.
 */
export async function tellReadModel(watch: Watch, occasion: Occasion, at: number): Promise<boolean> {
  const told = toldOf(watch);
  const print = fingerprint(JSON.stringify(told));
  if (watch.word !== watch.indexedWord) {
    upsertSearchAttributes([{ key: lowwaterState, value: watch.word }]);
    watch.indexedWord = watch.word;
  }
  if (print === watch.published && !occasion.action) return true;
  const input: PublishInput = {
    clientId: watch.clientId,
    id: uuid4(),
    at,
    nextCheckAt: watch.nextCheckAt,
    lastCheckAt: watch.lastCheckAt,
    available: watch.available,
    verdicts: watch.verdicts,
    ...told,
    ...occasion,
    // Where a source fails for a while nobody can say what matters: what mattered before still does.
    ...(watch.observation && !watch.observation.balance && { wake: null }),
  };
  try {
    await publish(input);
    watch.published = print;
    return true;
  } catch (error) {
    if (!isActivityFailure(error)) throw error;
    watch.published = '';
    return false;
  }
}

export function showDetails(explanation: Explanation, publicUrl: string | null): void {
  setCurrentDetails(monitorDetails(explanation, publicUrl));
}

/** What is worth a write when it changes; the instants of checks are written with the observe statement. */
function toldOf(
  watch: Watch,
): Pick<PublishInput, 'word' | 'rules' | 'pausedBy' | 'silences' | 'wake'> & { says: string; intervalMs: number } {
  return {
    word: watch.word,
    rules: packRules(watch.ruleStates),
    pausedBy: watch.pausedBy,
    silences: watch.silences,
    wake: textOf(boundsOf(watch)),
    says: watch.verdicts.map(({ rule, reason }) => `${rule}=${reason}`).join(),
    intervalMs: watch.intervalMs,
  };
}

/** A client whose monitor is paused is still to be looked at when its balance moves. */
function boundsOf(watch: Watch): WakeBounds {
  const { observation, config, ruleSet, ruleStates } = watch;
  return observation && config ? wakeBounds(ruleSet, ruleStates, observation, config.trigger === 'change') : neverWake;
}

function textOf({ below, above }: WakeBounds): PublishInput['wake'] {
  return { below: below === null ? null : formatMoney(below), above: above === null ? null : formatMoney(above) };
}
