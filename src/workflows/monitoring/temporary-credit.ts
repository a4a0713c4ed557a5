import { proxyActivities } from '@temporalio/workflow';
import type { EffectActivities } from '../../activities/index.js';
import type { GrantRecord, GrantView } from '../../contract/temporary-credit.js';
import { nextCreditStep } from '../../domain/monitoring/next-wake.js';
import { requireActivityFailure } from '../failures.js';
import { writePolicy } from '../policies.js';
import type { MonitorContext } from './monitor-context.js';

const { advanceGrant } = proxyActivities<EffectActivities>(writePolicy);

/** Takes the step of the temporary credit that is due: its start, the notice before its end, or its revert. */
export async function runCreditStep(context: MonitorContext, now: number): Promise<void> {
  const { clientId, state } = context;
  const due = nextCreditStep(state.grant, now);
  if (!state.grant || !due) return;
  try {
    await advanceGrant({ clientId, grantId: state.grant.id, step: due.step, at: now });
  } catch (error) {
    requireActivityFailure(error);
    context.take({ type: 'creditStepFailed' }, now);
    return;
  }
  context.take({ type: 'creditStepDone' }, now);
}

/** What the API shows of a grant: its number within the client is for the keys of notifications only. */
export function toGrantView({
  id,
  clientId,
  amount,
  percent,
  currency,
  validFrom,
  validUntil,
  ...rest
}: GrantRecord): GrantView {
  const { status, reason, grantedBy, version } = rest;
  return { id, clientId, amount, percent, currency, validFrom, validUntil, status, reason, grantedBy, version };
}
