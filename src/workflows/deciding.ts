import type { CheckKind, MonitorAction } from '../contract/monitor.js';
import { evaluate, type Observation, type Verdict } from '../domain/evaluate.js';
import { formatMoney } from '../domain/money.js';
import { stateWord } from '../domain/state-word.js';
import type { Monitor } from './monitor-loop.js';
import { since } from './patches.js';
import { showDetails, tellReadModel, type Occasion } from './read-model.js';

/** Deciding a check on what was last observed, sending what it says, and telling what came of it. */

export async function decide(monitor: Monitor, kind: CheckKind, at: number, action?: MonitorAction): Promise<void> {
  const { watch, deliveries } = monitor;
  const { observation, ruleSet } = watch;
  if (!observation) return;
  const { verdicts, ruleStates } = evaluate(ruleSet, watch.ruleStates, observation, at);
  const rateWasMissing = watch.saysNoRate;
  watch.looked(ruleStates);
  watch.verdicts = verdicts;
  watch.lastCheckAt = at;
  watch.owesCheck = false;
  watch.word = stateWord(observation, verdicts, at);
  deliveries.callOff(ruleStates, observation.paused);
  for (const verdict of verdicts) if (verdict.reason === 'sent') send(monitor, verdict, observation, at);
  tellOfRate(monitor, rateWasMissing, observation.rate !== null, at);
  await tell(monitor, { check: kind, ...(action && { action }) }, at);
}

function send(monitor: Monitor, verdict: Verdict, observation: Observation, checkedAt: number): void {
  const { clientId, watch, deliveries } = monitor;
  if (verdict.episode === undefined || verdict.number === undefined || !observation.balance) return;
  const rule = watch.ruleSet.rules.find(({ key }) => key === verdict.rule);
  deliveries.start(
    {
      clientId,
      rule: verdict.rule,
      episode: verdict.episode,
      number: verdict.number,
      max: rule?.maxSends ?? null,
      checkedAt,
      nextCheckAt: watch.nextCheckAt,
      available: watch.available ?? '0',
      live: formatMoney(observation.balance.live),
      ...(verdict.except && { except: verdict.except }),
    },
    monitor.now(),
  );
}

/** Staff is told once that a rate is missing: a pause, or a balance unknown for a while, does not make that new. */
function tellOfRate({ watch, alerts }: Monitor, saidBefore: boolean, isThere: boolean, at: number): void {
  const saysNow = watch.saysNoRate;
  const wasMissing = saidBefore || (watch.rateMissing && (saysNow || isThere) && since('rateAlertKept'));
  if (!wasMissing && saysNow) {
    alerts.raise('no_rate', "no exchange rate from the client's currency to the profile's is in force", at);
  }
  if (wasMissing && isThere) alerts.end('no_rate', at);
  watch.rateMissing = saysNow || (watch.rateMissing && !isThere);
}

/** The state word as it follows from what was last seen, between two checks. */
export function reword({ watch }: Monitor, now: number): void {
  const observation = watch.refreshed();
  if (!observation) return;
  const { verdicts } = evaluate(watch.ruleSet, watch.ruleStates, observation, now);
  watch.word = stateWord(observation, verdicts, now);
}

/** Tells Temporal's page and the read model how the monitor stands; false when the database was away. */
export async function tell(monitor: Monitor, occasion: Occasion, at: number): Promise<boolean> {
  showDetails(monitor.explanation(), monitor.watch.config?.options.publicUrl ?? null);
  const told = await tellReadModel(monitor.watch, occasion, at);
  if (told) monitor.retries.told();
  else if (since('toldAgain')) monitor.retries.notTold(monitor.now());
  return told;
}
