import { dayMs, hourMs } from '../../../src/domain/durations.js';
import { startInvoicingRun } from '../../../src/services/invoicing/start-invoicing-run.js';
import { readDueClients } from '../../../src/storage/invoicing/autoinvoicing.js';
import { documentPastInvoices, type PastInvoices } from '../../../src/storage/invoicing/past-invoices.js';
import { dropInvoiceEmails } from '../../../src/storage/system/demo-history.js';
import type { PastMoment } from './past/replay.js';
import type { World } from './past/world.js';
import { runJob } from './run-job.js';

/** The Schedule of invoices as it found clients in the past: a period ends at midnight, and waits some hours. */
const runHours = [5, 11] as const;

/** Runs of autoinvoicing, and the invoices of the clients without it, in the order in which they were issued. */
export function invoicingRunsOf(world: World): PastMoment[] {
  const { from, to } = world.period;
  const past: PastInvoices = { entryId: '0', last: new Map() };
  const moments: PastMoment[] = [];
  for (let day = Math.floor(from / dayMs) * dayMs; day < to; day += dayMs) {
    for (const hour of runHours) {
      const at = day + hour * hourMs;
      if (at > from && at < to) moments.push({ at, run: () => runIfDue(world, at, past) });
    }
  }
  return [...moments, { at: to, run: () => world.at(to, () => endAt(world, to, past)) }];
}

/** In most hours nothing is due. Entries of the ledger are then not written yet, so that more of them share a statement. */
async function runIfDue(world: World, at: number, past: PastInvoices): Promise<void> {
  const due = await readDueClients(world.tx, new Date(at), 1);
  if (due.length > 0) await world.at(at, () => runAt(world, at, past));
}

async function runAt(world: World, at: number, past: PastInvoices): Promise<void> {
  await documentPastInvoices(world.tx, world.sourceOf('api'), past);
  const id = await startInvoicingRun(world.requester(at));
  if (id !== null) await runJob(world, id, at);
}

/** What was issued within the last day is emailed at the first start, with its PDF. */
async function endAt(world: World, to: number, past: PastInvoices): Promise<void> {
  await documentPastInvoices(world.tx, world.sourceOf('api'), past);
  await dropInvoiceEmails(world.tx, new Date(to - dayMs));
}
