import { CommandError, exitCodes } from '../exit-codes.js';
import type { ImportApi } from './import-api.js';

export interface ImportOrder {
  readonly fileName: string;
  readonly content: Uint8Array<ArrayBuffer>;
  /** the field of a column of the file, by its header; null: it is not imported */
  readonly columns: ReadonlyMap<string, string | null>;
  readonly isDryRun: boolean;
  /** emails low clients as any new client */
  readonly notifiesLow: boolean;
  readonly reason: string | null;
}

interface Import {
  readonly id: string;
  readonly columns: readonly { readonly name: string; readonly field: string | null }[];
  readonly rows: number;
  readonly checkedRows: number;
  readonly invalidRows: number;
}

interface Job {
  readonly id: string;
  readonly status: 'running' | 'finished' | 'canceled';
  readonly rows: number;
  readonly counts: { readonly pending: number; readonly done: number };
}

/** The outcome, as `--json` prints it. */
export interface ImportReport {
  readonly importId: string;
  /** null: a dry run, or no row is valid */
  readonly jobId: string | null;
  readonly rows: number;
  readonly imported: number;
  readonly rejected: number;
}

interface Surroundings {
  /** a line of progress */
  readonly say: (line: string) => void;
  /** before the job is read again */
  readonly pause: () => Promise<void>;
}

/**
 * Imports a file of clients as the page does: uploads it, saves the fields of its columns, checks every row, starts the
 * job, and follows it to its end.
 *
 * @throws CommandError for what is refused as a whole; rows that are refused are in the report
 */
export async function importFile(
  api: ImportApi,
  order: ImportOrder,
  { say, pause }: Surroundings,
): Promise<ImportReport> {
  const uploaded = await upload(api, order);
  const at = `/v1/imports/${uploaded.id}`;
  say(`Uploaded ${order.fileName}: ${uploaded.rows} rows (import ${uploaded.id}).`);
  const fields = fieldsOf(uploaded, order.columns);
  await api.call(`${at}/mapping`, { method: 'POST', json: { fields } });
  const checked = await check(api, at, say);
  const rows = checked.rows;
  const invalid = checked.invalidRows;
  if (order.isDryRun || invalid === rows) {
    return { importId: checked.id, jobId: null, rows, imported: 0, rejected: invalid };
  }
  const { notifiesLow, reason } = order;
  const body = { countFirstNotifications: !notifiesLow, ...(reason !== null && { reason }) };
  const started = await api.call<Job>(`${at}/start`, { method: 'POST', json: body });
  const job = await follow(api, started, { say, pause });
  const { done } = job.counts;
  return { importId: checked.id, jobId: job.id, rows, imported: done, rejected: rows - done };
}

function upload(api: ImportApi, { fileName, content }: ImportOrder): Promise<Import> {
  const isWorkbook = fileName.toLowerCase().endsWith('.xlsx');
  const type = isWorkbook ? 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' : 'text/csv';
  const path = `/v1/imports?fileName=${encodeURIComponent(fileName)}`;
  return api.call<Import>(path, { method: 'POST', file: { content, type } });
}

function fieldsOf({ columns }: Import, wanted: ImportOrder['columns']): readonly (string | null)[] {
  const names = columns.map(({ name }) => name);
  const unknown = [...wanted.keys()].find((name) => !names.includes(name));
  if (unknown !== undefined) {
    const known = names.map((name) => `"${name}"`).join(', ');
    throw new CommandError(exitCodes.usage, `The file has no column "${unknown}". It has: ${known}.`);
  }
  return columns.map(({ name, field }) => (wanted.has(name) ? (wanted.get(name) ?? null) : field));
}

/** A request checks for a few seconds. */
async function check(api: ImportApi, at: string, say: Surroundings['say']): Promise<Import> {
  for (;;) {
    const checked = await api.call<Import>(`${at}/check`, { method: 'POST' });
    say(`Checked ${checked.checkedRows} of ${checked.rows} rows, ${checked.invalidRows} not valid.`);
    if (checked.checkedRows >= checked.rows) return checked;
  }
}

async function follow(api: ImportApi, started: Job, { say, pause }: Surroundings): Promise<Job> {
  let job = started;
  let shown = '';
  for (;;) {
    const line = `Job ${job.id}: ${job.rows - job.counts.pending} of ${job.rows} rows.`;
    if (line !== shown) say((shown = line));
    if (job.status !== 'running') return job;
    await pause();
    job = await api.call<Job>(`/v1/jobs/${job.id}`);
  }
}
