import { allHandlersFinished, condition, continueAsNew } from '@temporalio/workflow';
import type { MonitorInput } from '../contract/monitor.js';
import { toSecond } from '../domain/schedule.js';
import { liftInput } from './carried-state.js';
import { Monitor } from './monitor-loop.js';

/**
 * Watches one client for as long as it exists: sleeps until its next check, a step of its temporary credit or a poke,
 * and does what is due. Handlers only note what is wanted; this loop does the work, one step at a time. At one
 * instant a credit's step comes first, then arrivals, then the check.
 */
export async function monitor(given: MonitorInput): Promise<void> {
  const watched = new Monitor(liftInput(given), toSecond(Date.now()));
  watched.listen();
  await watched.begin();
  while (!watched.over) {
    const now = toSecond(Date.now());
    if (watched.hasEndedDeliveries) await watched.settleDeliveries(now);
    else if (watched.creditStepDue(now)) await watched.advanceCredit(now);
    else if (watched.hasArrivals(now)) await watched.takeArrivals(now);
    else if (watched.checkDue(now)) await watched.scheduledCheck(now);
    else if (watched.silenceEnded(now)) await watched.endSilences(now);
    else if (watched.mayRenew() && allHandlersFinished()) await continueAsNew<typeof monitor>(watched.carry());
    else await watched.sleep(now);
  }
  await watched.close();
  await condition(allHandlersFinished);
}
