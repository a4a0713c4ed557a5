import { proxyActivities } from '@temporalio/workflow';
import type { EffectActivities } from '../activities/index.js';
import type { GrantRecord, GrantView } from '../contract/monitor.js';
import { observeMoved } from './looking.js';
import type { Monitor } from './monitor-loop.js';
import { writePolicy } from './policies.js';

/** The temporary credit of a client: its steps by the clock, and what follows from a change of it. */

const { advanceGrant } = proxyActivities<EffectActivities>(writePolicy);

/** The start, the warning or the revert of a temporary credit. */
export async function advanceCredit(monitor: Monitor, now: number): Promise<void> {
  const { clientId, watch, retries } = monitor;
  const { grant } = watch;
  const due = watch.creditStep(now);
  if (!grant || !due) return;
  try {
    const { step } = due;
    const { done, version } = await advanceGrant({ clientId, grantId: grant.id, step, at: now });
    if (done) tellOfCredit(monitor, grant, step, version, now);
    if (done) retries.creditAt = 0;
    else retries.creditStepNotDue(now);
  } catch (error) {
    retries.creditAt = now + retries.waitAfter(error);
    return;
  }
  await observeMoved(monitor, now);
}

export type CreditChange = 'granted' | 'changed' | 'cancelled';

/** The database has the change: the client is told, and the balance looked at under it. */
export async function creditChanged(monitor: Monitor, grant: GrantRecord, change: CreditChange): Promise<GrantView> {
  const now = monitor.now();
  if (change === 'granted' && grant.status === 'active') tellOfCredit(monitor, grant, 'start', grant.version, now);
  await observeMoved(monitor, now);
  return viewOf(grant);
}

function tellOfCredit(
  { clientId, deliveries }: Monitor,
  grant: { readonly id: string; readonly seq: number },
  step: 'start' | 'warn' | 'revert',
  version: number,
  at: number,
): void {
  const kind = step === 'start' ? 'credit_granted' : step === 'warn' ? 'credit_expiring' : 'credit_reverted';
  // A credit begins and ends once, whatever changed meanwhile; it may be about to end more than once.
  const number = step === 'warn' ? version : 1;
  deliveries.startCreditMail({ clientId, grantId: grant.id, seq: grant.seq, kind, number, at });
}

/** What faces show of a grant: its number within the client is for the names of mails only. */
function viewOf({ id, clientId, amount, percent, currency, validFrom, validUntil, ...rest }: GrantRecord): GrantView {
  const { status, reason, grantedBy, version } = rest;
  return { id, clientId, amount, percent, currency, validFrom, validUntil, status, reason, grantedBy, version };
}
