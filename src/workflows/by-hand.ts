import { ApplicationFailure } from '@temporalio/workflow';
import type {
  Actor,
  CheckNowInput,
  CheckNowResult,
  Explanation,
  MonitorAction,
  PauseInput,
  ResetRuleInput,
  SilenceInput,
} from '../contract/monitor.js';
import { resetRule } from '../domain/evaluate.js';
import { toSecond } from '../domain/schedule.js';
import { decide, reword, tell } from './deciding.js';
import { invalid, unavailable } from './failures.js';
import { observeNow } from './looking.js';
import type { Monitor } from './monitor-loop.js';
import { since } from './patches.js';

/** What people do to a monitor. Each change and its audit row go together. */

const mostSilences = 20;

/** A check asked for: obeys the spacing, does not move the schedule. */
export async function checkOnDemand(monitor: Monitor, input: CheckNowInput): Promise<CheckNowResult> {
  const at = monitor.now();
  await observeNow(monitor, at);
  await decide(monitor, 'demand', at, action('monitor.check', input.actor, input.reason ?? '', {}, {}));
  const { word, available, verdicts } = monitor.watch;
  return { at, word, available, verdicts };
}

/** Starts a rule's count over: the next check may send. */
export async function resetRuleByHand(monitor: Monitor, input: ResetRuleInput): Promise<Explanation> {
  const { watch } = monitor;
  const crossed = await observeNow(monitor, monitor.now());
  if (crossed && watch.config?.trigger === 'change' && since('crossingsOwed')) oweCheck(monitor);
  refuseUnknownRule(monitor, input.rule);
  const before = { rule: input.rule, count: watch.ruleStates[input.rule]?.count ?? 0 };
  return change(
    monitor,
    action('rule.reset', input.actor, input.reason, before, { rule: input.rule, count: 0 }),
    () => {
      watch.ruleStates = resetRule(watch.ruleStates, input.rule);
    },
  );
}

/** The signal of a crossing that was noticed here finds nothing new any more: the loop checks it in its turn. */
function oweCheck({ watch, inbox }: Monitor): void {
  watch.owesCheck = true;
  inbox.balancePoked = true;
}

/** Silences one rule or all until an instant, or ends a silence. */
export async function silence(monitor: Monitor, input: SilenceInput): Promise<Explanation> {
  const { watch } = monitor;
  if (input.rule !== undefined) refuseUnknownRule(monitor, input.rule);
  const key = input.rule ?? '*';
  const before = watch.silences;
  const others = Object.fromEntries(Object.entries(before).filter(([silenced]) => silenced !== key));
  const after = input.until === null ? others : { ...others, [key]: toSecond(Date.parse(input.until)) };
  if (Object.keys(after).length > mostSilences) {
    throw invalid('/rule', `at most ${mostSilences} rules can be silenced one by one: silence all of them instead`);
  }
  return change(
    monitor,
    action('monitor.silence', input.actor, input.reason, { silences: before }, { silences: after }),
    () => {
      watch.silences = after;
    },
  );
}

export async function pause(monitor: Monitor, input: PauseInput): Promise<Explanation> {
  return setPaused(monitor, input, input.actor.id, 'monitor.pause');
}

export async function resume(monitor: Monitor, input: PauseInput): Promise<Explanation> {
  return setPaused(monitor, input, null, 'monitor.resume');
}

function setPaused(monitor: Monitor, input: PauseInput, by: string | null, name: string): Promise<Explanation> {
  const { watch } = monitor;
  return change(
    monitor,
    action(name, input.actor, input.reason, { pausedBy: watch.pausedBy }, { pausedBy: by }),
    () => {
      watch.pausedBy = by;
    },
  );
}

/** Where the audit row could not be written nothing was changed. */
async function change(monitor: Monitor, done: MonitorAction, apply: () => void): Promise<Explanation> {
  const { watch, deliveries } = monitor;
  const now = monitor.now();
  const { ruleStates, silences, pausedBy, observation } = watch;
  apply();
  watch.observation = watch.refreshed();
  reword(monitor, now);
  if (!(await tell(monitor, { action: done }, now))) {
    Object.assign(watch, { ruleStates, silences, pausedBy, observation });
    reword(monitor, now);
    throw unavailable();
  }
  deliveries.callOff(watch.ruleStates, watch.isPaused);
  return monitor.explanation();
}

function refuseUnknownRule({ watch }: Monitor, key: string): void {
  if (watch.ruleSet.rules.some((rule) => rule.key === key)) return;
  const known = watch.ruleSet.rules.map((rule) => rule.key).join(', ') || 'none';
  throw ApplicationFailure.nonRetryable(
    `the client has no rule "${key.slice(0, 80)}"; it has: ${known}`,
    'unknown_rule',
    {
      pointer: '/rule',
    },
  );
}

function action(
  name: string,
  actor: Actor,
  reason: string,
  before: MonitorAction['before'],
  after: MonitorAction['after'],
): MonitorAction {
  return { name, actor, reason, before, after };
}
