import { startApi, watched } from './api.mjs';
import { dist, onPostgres } from './stack.mjs';

/** Imports of clients: how long each step takes, and how much memory, for a file and for one ten times as long. */
export const imports = (options) => importsOf('clients', options);
/** The same of rates: each file into a new table, and then one of as many rates that replaces them. */
export const rateImports = (options) => importsOf('rates', options);

function importsOf(kind, { quick, say }) {
  return onPostgres(say, async (url) => {
    const { openDatabase } = dist('storage/system/database.js');
    const sql = openDatabase(url, { max: 4 });
    const service = openDatabase(url, { role: 'service', max: 8 });
    try {
      await dist('storage/system/migrate.js').migrate(sql);
      await sql`insert into resellers (id, kind, name, email, path) values (1, 'operator', 'Bench', 'owner@bench.example', '{1}')`;
      return await measured(service, { kind, quick, say });
    } finally {
      await service.end();
      await sql.end();
    }
  });
}

/** Rows of the two files. */
const sizes = [10_000, 100_000];
/** With --quick a job is broken off after so long. */
const quickMs = 10_000;

async function measured(sql, { kind, quick, say }) {
  const api = await startApi(sql);
  /** @type {(method: string, address: string, sent?: { type?: string, body?: any }) => Promise<any>} */
  const call = async (method, address, { type = 'application/json', body } = {}) => {
    const reply = await fetch(api.url + address, {
      method,
      headers: { ...api.headers, ...(body && { 'Content-Type': type }) },
      ...(body && { body }),
    });
    const text = await reply.text();
    if (!reply.ok) throw new Error(`${method} ${address}: ${text}`);
    return JSON.parse(text);
  };
  // The first file warms up what the others use, too.
  await oneImport(sql, call, { ...files[kind], rows: 1000, format: 'xlsx', quick, say: () => undefined });
  const results = {};
  for (const format of quick ? ['csv'] : ['csv', 'xlsx']) {
    for (const rows of sizes) {
      const made = { ...files[kind], rows, format, quick, say };
      results[`${format} ${rows}`] = await oneImport(sql, call, made);
      if (kind === 'rates')
        results[`${format} ${rows} replaced`] = await oneImport(sql, call, { ...made, ...replacing });
    }
  }
  await api.stop();
  return results;
}

let made = 0;
let lastTable = '';

/** Other rates for the codes of the table that was imported last, and for as many others; those that are missing are closed. */
const replacing = {
  rowOf: (_file, n) => [`${10_000 + 2 * n}`, `0.${String(1001 + (n % 8000))}`, '2027-02-01'],
  uploadTo: async () => `/v1/rate-tables/${lastTable}/imports`,
  options: { mode: 'replace' },
};

/** What is imported: the file's columns and rows, and the requests that differ. */
const files = {
  clients: {
    header: [
      'Name',
      'Currency',
      'External ID',
      'Opening balance',
      'Tags',
      'Billing email',
      'Time zone',
      'Company name',
    ],
    rowOf: (file, n) => [
      `Client ${file}-${n}`,
      'USD',
      `f${file}-${n}`,
      `${n % 1000}.25`,
      'wholesale',
      `billing${n}@client.example`,
      'Europe/Kyiv',
      `Company ${n}`,
    ],
    uploadTo: async () => '/v1/imports',
    address: '/v1/imports',
    isChecked: ({ checkedRows, rows }) => checkedRows === rows,
    start: { countFirstNotifications: true },
    rowsOf: (jobRows) => jobRows,
  },
  rates: {
    header: ['Code', 'Rate', 'Effective Date'],
    rowOf: (_file, n) => [`${10_000 + n}`, `0.${String(1000 + (n % 9000))}`, '2027-01-01'],
    uploadTo: async (call) => {
      const { id } = await call('POST', '/v1/rate-tables', {
        body: JSON.stringify({ name: `Rates ${++made}`, currency: 'USD' }),
      });
      lastTable = id;
      return `/v1/rate-tables/${id}/imports`;
    },
    address: '/v1/rate-imports',
    isChecked: ({ isChecked }) => isChecked,
    start: {},
    // A row of its job is a part of the file.
    rowsOf: (jobRows) => jobRows * dist('services/rates/import/start-rate-import.js').rowsOfPart,
  },
};

async function oneImport(sql, call, { rows, format, quick, say, ...rest }) {
  /** @type {any} */
  const file = rest;
  const body = format === 'csv' ? csvFile(file, rows) : await workbook(file, rows);
  const type = format === 'csv' ? 'text/csv' : dist('documents/tables/xlsx.js').xlsxType;
  const uploadTo = await file.uploadTo(call);
  const upload = await watched(() => call('POST', `${uploadTo}?fileName=file.${format}`, { type, body }));
  const { id } = upload.result;
  const fields = upload.result.columns.map(({ field }) => field);
  await call('POST', `${file.address}/${id}/mapping`, {
    body: JSON.stringify({ fields, ...(file.options && { options: file.options }) }),
  });
  const check = await watched(async () => {
    for (;;) {
      const state = await call('POST', `${file.address}/${id}/check`);
      if (file.isChecked(state)) return state.invalidRows;
    }
  });
  if (check.result !== 0) throw new Error(`${check.result} rows are not valid`);
  const started = await call('POST', `${file.address}/${id}/start`, { body: JSON.stringify(file.start) });
  const { runJobBatch } = dist('activities/jobs/batches.js').jobActivities({ sql, actions: {}, logger: console });
  const until = quick ? performance.now() + quickMs : Infinity;
  const job = await watched(async () => {
    for (;;) {
      const { pending } = await runJobBatch({ jobId: started.id });
      if (pending === 0 || performance.now() >= until) return Math.max(0, rows - file.rowsOf(pending));
    }
  });
  const size = Math.round(body.length / 1024);
  say(
    `${file.address} ${format} ${rows} rows${file.options ? ' that replace a table' : ''} (${size} KiB): upload ${seconds(upload)}, ${upload.peak} MB · check ${seconds(check)}, ` +
      `${check.peak} MB · job ${seconds(job)}, ${job.peak} MB, ${Math.round((job.result / job.ms) * 1000)} rows per second`,
  );
  return { upload: figures(upload), check: figures(check), job: figures(job) };
}

const seconds = ({ ms }) => `${(ms / 1000).toFixed(1)} s`;
const figures = ({ ms, peak }) => ({ ms: Math.round(ms), peakMb: peak });

let numbered = 0;

function csvFile({ header, rowOf }, rows) {
  const number = ++numbered;
  const lines = Array.from({ length: rows }, (_, n) => rowOf(number, n).join(','));
  return Buffer.from([header.join(','), ...lines].join('\n'));
}

async function workbook({ header, rowOf }, rows) {
  const number = ++numbered;
  async function* some() {
    for (let from = 0; from < rows; from += 1000) yield Array.from({ length: 1000 }, (_, n) => rowOf(number, from + n));
  }
  const columns = header.map((name, index) => ({ header: name, value: (row) => row[index] }));
  const parts = [];
  for await (const part of dist('documents/tables/xlsx.js').xlsxOf(some(), columns)) parts.push(part);
  return Buffer.concat(parts);
}
