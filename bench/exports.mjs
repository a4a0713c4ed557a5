import { startApi, watched } from './api.mjs';
import { fillLedger } from './ledger-lines.mjs';
import { fill } from './lists.mjs';
import { dist, onPostgres } from './stack.mjs';

/** How much longer a large file is than the small one that it is compared with. */
const share = 20;

/** Files of all clients and of one client's large ledger: the most memory of the API, compared with a file of a twentieth. */
export function exportFiles({ quick, clients = quick ? 20_000 : 100_000, lines = quick ? 200_000 : 1_000_000, say }) {
  return onPostgres(say, async (url) => {
    const { openDatabase } = dist('storage/system/database.js');
    const sql = openDatabase(url, { max: 2, statementTimeoutMs: 3_600_000 });
    // On a busy machine a statement may take longer than those of requests may.
    const service = openDatabase(url, { role: 'service', max: 4, statementTimeoutMs: 120_000 });
    try {
      await dist('storage/system/migrate.js').migrate(sql);
      await fill(sql, clients);
      await fillLedger(sql, { clients: 1, lines, say });
      return await measureFiles(service, { clients, lines, say });
    } finally {
      await service.end();
      await sql.end();
    }
  });
}

async function measureFiles(service, { clients, lines, say }) {
  const api = await startApi(service);
  // The ledger spreads over 60 days, and each of 20 resellers has as many clients.
  const latest = new Date(Date.now() - (60 / share) * 86_400_000).toISOString();
  const files = ['csv', 'xlsx'].flatMap((format) => [
    {
      name: `clients ${format}`,
      rows: clients,
      small: `/v1/exports/clients.${format}?resellerId=5`,
      large: `/v1/exports/clients.${format}`,
    },
    {
      name: `ledger ${format}`,
      rows: lines,
      small: `/v1/exports/ledger-entries.${format}?clientId=1&from=${latest}`,
      large: `/v1/exports/ledger-entries.${format}?clientId=1`,
    },
  ]);
  try {
    // The first files warm up what the others use, too. All small ones come first: memory once taken is not given back at once.
    for (const { small } of files) await sizeOf(api, small);
    const measured = [];
    for (const file of files) measured.push({ ...file, before: await watched(() => sizeOf(api, file.small)) });
    const results = {};
    for (const { name, rows, large, before } of measured) {
      const whole = await watched(() => sizeOf(api, large));
      const ratio = Math.round((whole.peak / before.peak) * 100) / 100;
      const longer = Math.round((whole.result / before.result) * 10) / 10;
      const rowsPerSecond = Math.round((rows / whole.ms) * 1000);
      say(
        `   ${name.padEnd(14)}${rows} rows (${Math.round(whole.result / 1_048_576)} MiB): ${(whole.ms / 1000).toFixed(1)} s, ` +
          `${rowsPerSecond} rows per second, ${whole.peak} MB, ${ratio} × the memory of a file ${longer} times shorter`,
      );
      results[name] = { rows, ms: Math.round(whole.ms), peakMb: whole.peak, smallPeakMb: before.peak, ratio, longer };
    }
    return results;
  } finally {
    await api.stop();
  }
}

/** Reads a file as fast as it comes, keeps nothing of it, and returns its bytes. */
async function sizeOf({ url, headers }, address) {
  const reply = await fetch(url + address, { headers });
  if (reply.status !== 200) throw new Error(`${address}: ${await reply.text()}`);
  let bytes = 0;
  for await (const chunk of reply.body ?? []) bytes += chunk.length;
  return bytes;
}
