import type { CheckNowInput, PauseInput, ResetRuleInput, SilenceInput } from '../../contract/monitor-requests.js';
import type { CancelGrantInput, ChangeGrantInput, GrantCreditInput } from '../../contract/temporary-credit.js';
import { actorSources } from '../../domain/monitoring/state.js';
import { invalid } from '../failures.js';

/**
 * What a monitor refuses before anything is written to its history. Callers are external programs, so no type is
 * assumed: any error other than a refusal would fail the workflow task again and again.
 */

export function validateCheckNow(input: CheckNowInput): void {
  requireActor(input);
  optionalText(input.reason, '/reason', 500);
  optionalText(input.requestId, '/requestId', 200);
}

export function validateReason(input: PauseInput): void {
  requireActor(input);
  requireText(input.reason, '/reason', 500, 'must contain a reason');
  optionalText(input.requestId, '/requestId', 200);
}

export function validateReset(input: ResetRuleInput): void {
  validateReason(input);
  requireText(input.rule, '/rule', 100, 'must contain a rule');
}

export function validateSilence(input: SilenceInput): void {
  validateReason(input);
  optionalText(input.rule, '/rule', 100);
  if (input.until === null) return;
  const until = typeof input.until === 'string' ? Date.parse(input.until) : Number.NaN;
  if (Number.isNaN(until))
    throw invalid('/until', 'must be an instant such as "2026-03-05T18:00:00Z", or null to end the silence');
  if (until <= Date.now()) throw invalid('/until', 'must be in the future, or null to end the silence');
}

export function validateGrant(input: GrantCreditInput): void {
  validateReason(input);
  requireRequestId(input.requestId);
  requireText(input.validUntil, '/validUntil', 40, 'must contain an end');
  optionalText(input.from, '/from', 40);
  requireAmounts(input);
  if ((input.amount === undefined) === (input.percent === undefined))
    throw invalid('/amount', 'must be given unless percent is, and not both');
}

export function validateGrantChange(input: ChangeGrantInput): void {
  validateGrantCancel(input);
  optionalText(input.validUntil, '/validUntil', 40);
  requireAmounts(input);
  if (input.amount !== undefined && input.percent !== undefined)
    throw invalid('/amount', 'must be given unless percent is, and not both');
}

export function validateGrantCancel(input: CancelGrantInput): void {
  validateReason(input);
  requireRequestId(input.requestId);
  if (typeof input.grantId !== 'string' || !/^\d{1,18}$/.test(input.grantId))
    throw invalid('/grantId', 'must be the id of a temporary credit');
  if (input.ifVersion !== undefined && !Number.isSafeInteger(input.ifVersion))
    throw invalid('/ifVersion', 'must be a whole number');
}

function requireActor(input: { readonly actor: unknown } | undefined): void {
  const actor: unknown = input?.actor;
  const example = 'must contain the requester: {"id": "...", "source": "temporal"}';
  if (typeof actor !== 'object' || actor === null || !('id' in actor)) throw invalid('/actor', example);
  requireText(actor.id, '/actor', 200, example);
  if (!('source' in actor) || !actorSources.some((source) => source === actor.source))
    throw invalid('/actor', `must have a source that is one of ${actorSources.join(', ')}`);
  if ('requestId' in actor) optionalText(actor.requestId, '/actor', 200);
}

function requireRequestId(requestId: unknown): void {
  requireText(requestId, '/requestId', 200, 'must be a unique id: repeated, it is the same request');
}

function requireAmounts({ amount, percent }: { readonly amount?: unknown; readonly percent?: unknown }): void {
  optionalText(amount, '/amount', 40);
  optionalText(percent, '/percent', 40);
}

function requireText(value: unknown, pointer: string, max: number, remedy: string): void {
  if (typeof value !== 'string' || value.trim() === '') throw invalid(pointer, remedy);
  if (value.length > max) throw invalid(pointer, `must have up to ${max} characters`);
}

function optionalText(value: unknown, pointer: string, max: number): void {
  if (value !== undefined) requireText(value, pointer, max, 'must be a string');
}
