import { allHandlersFinished, condition, continueAsNew } from '@temporalio/workflow';
import type { MonitorInput } from '../contract/monitor.js';
import { toSecond } from '../domain/schedule.js';
import { liftInput } from './carried-state.js';
import { advanceCredit } from './credit.js';
import { Monitor } from './monitor-loop.js';
import * as steps from './steps.js';

/**
 * Watches one client for as long as it exists: sleeps until its next check, a step of its temporary credit or a poke,
 * and does what is due. Handlers only note what is wanted; this loop does the work, one step at a time. At one
 * instant a credit's step comes first, then arrivals, then the check.
 */
export async function monitor(given: MonitorInput): Promise<void> {
  const watched = new Monitor(liftInput(given), toSecond(Date.now()));
  watched.listen();
  await steps.begin(watched);
  while (!watched.over) {
    const now = watched.now();
    if (watched.hasEndedDeliveries) await steps.settleDeliveries(watched, now);
    else if (watched.creditStepDue(now)) await advanceCredit(watched, now);
    else if (watched.hasArrivals(now)) await steps.takeArrivals(watched, now);
    else if (watched.checkDue(now)) await steps.scheduledCheck(watched, now);
    else if (watched.silenceEnded(now)) await steps.endSilences(watched, now);
    else if (watched.tellingDue(now)) await steps.tellAgain(watched, now);
    else if (watched.mayRenew() && allHandlersFinished()) await continueAsNew<typeof monitor>(watched.carry());
    else await watched.sleep(now);
  }
  await steps.close(watched);
  await condition(allHandlersFinished);
}
