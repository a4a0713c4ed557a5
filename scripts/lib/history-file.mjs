import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { inRoot } from './project.mjs';

const { historyToJSON } = createRequire(import.meta.url)('@temporalio/common/lib/proto-utils');

/** The workflows of the Schedules: they take no arguments. */
export const scheduledWorkflows = [
  ...['reconcile', 'retain', 'invoiceDueClients', 'dueInvoices'],
  ...['dailyDigests', 'readBounces', 'controlBalanceThresholds'],
];

/** Writes a workflow history for the replay tests. @returns what was written, in a line */
export async function writeHistory(file, history) {
  // Stack traces name where this machine keeps the project.
  await writeFile(file, `${historyToJSON(history).replaceAll(`${inRoot()}${path.sep}`, '')}\n`);
  return `${path.relative(inRoot(), file)}: ${history.events.length} events`;
}
