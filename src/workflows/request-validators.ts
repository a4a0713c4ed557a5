import type {
  CancelGrantInput,
  ChangeGrantInput,
  CheckNowInput,
  GrantCreditInput,
  PauseInput,
  ResetRuleInput,
  SilenceInput,
} from '../contract/monitor.js';
import { actorSources } from '../contract/monitor.js';
import { invalid } from './failures.js';

/**
 * What a monitor refuses before anything is written to its history. The callers may be anybody's programs: nothing is
 * taken for granted of what they send, for an error of another kind would hold the whole workflow up.
 */

export function validCheckNow(input: CheckNowInput): void {
  requireActor(input);
  optionalText(input.reason, '/reason', 500);
}

export function validReasoned(input: PauseInput): void {
  requireActor(input);
  requireText(input.reason, '/reason', 500, 'say why, in a few words');
}

export function validReset(input: ResetRuleInput): void {
  validReasoned(input);
  requireText(input.rule, '/rule', 100, 'say which rule');
}

export function validSilence(input: SilenceInput): void {
  validReasoned(input);
  optionalText(input.rule, '/rule', 100);
  if (input.until === null) return;
  const until = typeof input.until === 'string' ? Date.parse(input.until) : Number.NaN;
  if (Number.isNaN(until))
    throw invalid('/until', 'write an instant such as "2026-03-05T18:00:00Z", or null to end the silence');
  if (until <= Date.now())
    throw invalid('/until', 'is already past: give an instant to come, or null to end the silence');
}

export function validGrant(input: GrantCreditInput): void {
  validReasoned(input);
  requireRequestId(input.requestId);
  requireText(input.validUntil, '/validUntil', 40, 'say until when');
  optionalText(input.from, '/from', 40);
  requireAmounts(input);
  if ((input.amount === undefined) === (input.percent === undefined))
    throw invalid('/amount', 'give either amount or percent');
}

export function validGrantChange(input: ChangeGrantInput): void {
  validGrantCancel(input);
  optionalText(input.validUntil, '/validUntil', 40);
  requireAmounts(input);
  if (input.amount !== undefined && input.percent !== undefined)
    throw invalid('/amount', 'give either amount or percent');
}

export function validGrantCancel(input: CancelGrantInput): void {
  validReasoned(input);
  requireRequestId(input.requestId);
  if (typeof input.grantId !== 'string' || !/^\d{1,18}$/.test(input.grantId))
    throw invalid('/grantId', 'say which temporary credit, by its id');
  if (input.ifVersion !== undefined && !Number.isSafeInteger(input.ifVersion))
    throw invalid('/ifVersion', 'is a whole number');
}

function requireActor(input: { readonly actor: unknown } | undefined): void {
  const actor: unknown = input?.actor;
  const example = 'say who asks: {"id": "...", "source": "temporal"}';
  if (typeof actor !== 'object' || actor === null || !('id' in actor)) throw invalid('/actor', example);
  requireText(actor.id, '/actor', 200, example);
  if (!('source' in actor) || !actorSources.some((source) => source === actor.source))
    throw invalid('/actor', `the source of an actor is one of ${actorSources.join(', ')}`);
  if ('requestId' in actor) optionalText(actor.requestId, '/actor', 200);
}

function requireRequestId(requestId: unknown): void {
  requireText(requestId, '/requestId', 200, 'give the request an id of its own: asked again, it is the same request');
}

function requireAmounts({ amount, percent }: { readonly amount?: unknown; readonly percent?: unknown }): void {
  optionalText(amount, '/amount', 40);
  optionalText(percent, '/percent', 40);
}

function requireText(value: unknown, pointer: string, most: number, what: string): void {
  if (typeof value !== 'string' || value.trim() === '') throw invalid(pointer, what);
  if (value.length > most) throw invalid(pointer, `is longer than ${most} characters`);
}

function optionalText(value: unknown, pointer: string, most: number): void {
  if (value !== undefined) requireText(value, pointer, most, 'is a text');
}
