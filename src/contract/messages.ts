import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { CheckNowInput, CheckNowResult, PauseInput, ResetRuleInput, SilenceInput } from './monitor-requests.js';
import type { RefilledSignal } from './refills.js';
import type { CancelGrantInput, ChangeGrantInput, GrantCreditInput, GrantView } from './temporary-credit.js';
import type { Explanation } from '../domain/monitoring/explain.js';

/**
 * The messages of a monitor: a public contract for payment systems and tools that speak Temporal themselves
 * (docs/api.md, "Through Temporal"). Signals are hints: duplicates, reordering, and losses are harmless.
 */

/** A payment arrived. With a body the monitor records it first, once per payment id; without, it only evaluates. */
export const refilled = defineSignal<[RefilledSignal?]>('refilled');
/** The balance or the credit changed. */
export const balanceChanged = defineSignal('balanceChanged');
/** Profile, client, or recipients changed. */
export const configurationChanged = defineSignal('configurationChanged');

export const checkNow = defineUpdate<CheckNowResult, [CheckNowInput]>('checkNow');
export const grantCredit = defineUpdate<GrantView, [GrantCreditInput]>('grantCredit');
export const changeGrant = defineUpdate<GrantView, [ChangeGrantInput]>('changeGrant');
export const cancelGrant = defineUpdate<GrantView, [CancelGrantInput]>('cancelGrant');
export const resetRule = defineUpdate<Explanation, [ResetRuleInput]>('resetRule');
export const silence = defineUpdate<Explanation, [SilenceInput]>('silence');
export const pause = defineUpdate<Explanation, [PauseInput]>('pause');
export const resume = defineUpdate<Explanation, [PauseInput]>('resume');

export const explain = defineQuery<Explanation>('explain');

/** The workflow's type name. */
export const monitorWorkflowType = 'monitor';
