import type { MonitorCommand, RequestAnswer } from './commands.js';
import { initialRuleState, withManualReset } from './rule-state.js';
import type { MonitorAction, MonitorRecord, MonitorRequest, MonitorState } from './state.js';

/** How many rules can be silenced one by one. */
const maxSilences = 20;

export interface AppliedRequests {
  readonly state: MonitorState;
  /** audit rows of what was applied, in order */
  readonly records: readonly MonitorRecord[];
  /** manual checks: they are recorded with what the evaluation finds */
  readonly checks: readonly (MonitorRequest & { readonly kind: 'checkNow' })[];
  readonly refusals: readonly MonitorCommand[];
}

/** Applies what people asked for since the last evaluation, in its order. Nothing is sent here. */
export function applyRequests(given: MonitorState, at: number): AppliedRequests {
  let state: MonitorState = given;
  const records: MonitorRecord[] = [];
  const checks: (MonitorRequest & { readonly kind: 'checkNow' })[] = [];
  const refusals: MonitorCommand[] = [];
  for (const request of given.requests) {
    if (request.kind === 'checkNow') {
      checks.push(request);
      continue;
    }
    const applied = applyRequest(state, request);
    if ('refusal' in applied) {
      refusals.push({ type: 'answer', requestId: request.id, answer: applied.refusal });
      continue;
    }
    state = applied.state;
    records.push({ at, action: applied.action, requestId: request.id });
  }
  return { state: { ...state, requests: [] }, records, checks, refusals };
}

type Applied =
  | { readonly state: MonitorState; readonly action: MonitorAction }
  | { readonly refusal: RequestAnswer & { readonly kind: 'refused' } };

function applyRequest(state: MonitorState, request: Exclude<MonitorRequest, { kind: 'checkNow' }>): Applied {
  switch (request.kind) {
    case 'resetRule':
      return resetRule(state, request);
    case 'silence':
      return silenceRule(state, request);
    case 'pause':
    case 'resume':
      return setPaused(state, request);
  }
}

function resetRule(state: MonitorState, request: MonitorRequest & { kind: 'resetRule' }): Applied {
  const { rule } = request;
  const unknown = requireRule(state, rule);
  if (unknown) return unknown;
  const before = state.rules[rule] ?? initialRuleState(state.observed?.refills ?? 0);
  return {
    state: { ...state, rules: { ...state.rules, [rule]: withManualReset(before) } },
    action: actionOf('rule.reset', request, { rule, count: before.count }, { rule, count: 0 }),
  };
}

function silenceRule(state: MonitorState, request: MonitorRequest & { kind: 'silence' }): Applied {
  const unknown = request.rule === undefined ? null : requireRule(state, request.rule);
  if (unknown) return unknown;
  const key = request.rule ?? '*';
  const { [key]: _replaced, ...others } = state.silences;
  const silences = request.until === null ? others : { ...others, [key]: request.until };
  if (Object.keys(silences).length > maxSilences) {
    return refuse(
      'invalid',
      `up to ${maxSilences} rules can be silenced one by one: silence all rules instead`,
      '/rule',
    );
  }
  return {
    state: { ...state, silences },
    action: actionOf('monitor.silence', request, { silences: state.silences }, { silences }),
  };
}

function setPaused(state: MonitorState, request: MonitorRequest & { kind: 'pause' | 'resume' }): Applied {
  const pausedBy = request.kind === 'pause' ? request.actor.id : null;
  return {
    state: { ...state, pausedBy },
    action: actionOf(`monitor.${request.kind}`, request, { pausedBy: state.pausedBy }, { pausedBy }),
  };
}

function requireRule(state: MonitorState, key: string): Applied | null {
  const rules = state.config?.rules ?? [];
  if (rules.some((rule) => rule.key === key)) return null;
  const known = rules.map((rule) => rule.key).join(', ') || 'none';
  return refuse('unknown_rule', `the client has no rule "${key.slice(0, 80)}"; it has: ${known}`, '/rule');
}

function refuse(code: 'invalid' | 'unknown_rule', message: string, pointer: string): Applied {
  return { refusal: { kind: 'refused', code, message, pointer } };
}

export function actionOf(
  name: string,
  request: MonitorRequest,
  before: MonitorAction['before'],
  after: MonitorAction['after'],
): MonitorAction {
  const { actor, reason = '', requestId = request.id } = request;
  return { name, actor, reason, before, after, updateId: requestId };
}
