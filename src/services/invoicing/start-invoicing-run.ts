import { maxJobRows } from '../../domain/jobs/job-kinds.js';
import { lockInvoicingRuns, readDueClients } from '../../storage/invoicing/autoinvoicing.js';
import { insertJobRows } from '../../storage/jobs/job-rows.js';
import { insertJob } from '../../storage/jobs/jobs.js';
import { change, recorded, unchanged, type Requester } from '../change.js';
import { jobEntry } from '../jobs/job-entry.js';

/**
 * Starts the job that invoices the clients whose periods have ended, one row each. The caller then wakes its workflow.
 * Harmless to repeat: a client that waits in a run is in no other.
 *
 * @returns its id; null: no client is due
 */
export function startInvoicingRun(requester: Requester): Promise<string | null> {
  const { scope, actor, now } = requester;
  return change<string | null>(requester, async (tx) => {
    await lockInvoicingRuns(tx);
    const clientIds = await readDueClients(tx, new Date(now), maxJobRows);
    if (clientIds.length === 0) return unchanged(null);
    const { resellerId } = scope;
    const id = await insertJob(tx, {
      ...{ resellerId, kind: 'autoinvoicing', parameters: {}, reason: null, query: null },
      startedBy: actor.id,
      rows: clientIds.length,
    });
    await insertJobRows(tx, id, clientIds);
    const after = { kind: 'autoinvoicing', clients: clientIds.length };
    return recorded(id, jobEntry('job.start', { id, resellerId }, { reason: null, before: null, after }));
  });
}
