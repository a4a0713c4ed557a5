import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fillLedger } from './ledger-lines.mjs';
import { fill, measureRequests } from './lists.mjs';
import { dist, inTemporaryFolder, withPostgres } from './stack.mjs';

/** What the reports and the lists of invoices ask of a full ledger. */
const requestsOf = (id) => ({
  'page without filters': '/v1/clients',
  'clients, total': '/v1/clients?include=total',
  'payments, total': '/v1/payments?include=total',
  'invoices, total and sums': '/v1/invoices?include=total,totals',
  'next invoices': '/v1/upcoming-invoices?include=total',
  'ledger of a client': `/v1/clients/${id}/entries?include=total`,
  'balance report of a client': `/v1/clients/${id}/balance-report?include=total,summary`,
  'summary of a client, by day': `/v1/reports/summary?clientId=${id}&by=day`,
  'summary of a reseller, a week': '/v1/reports/summary?resellerId=5&by=week',
  'summary of all resellers, a month': '/v1/reports/summary?per=reseller&by=month&include=totals',
  'a client’s ledger as CSV': `/v1/exports/ledger-entries.csv?clientId=${id}`,
  'all clients as CSV': '/v1/exports/clients.csv',
});

/**
 * An invoicing run over all clients, on a ledger of as many lines as are asked for, and what pages ask of it. With a folder
 * in `filled`, the ledger is made there once, and every run works on a copy.
 */
export function invoicing({
  quick,
  clients = quick ? 2000 : 100_000,
  lines = clients * 100,
  invoiced = clients,
  filled,
  say,
}) {
  return inTemporaryFolder(async (dir) => {
    const kept = filled ?? path.join(dir, 'filled');
    const done = path.join(kept, `${clients}-${lines}`);
    if (!existsSync(done)) {
      await withLedger(kept, say, (sql) => fillAll(sql, { clients, lines, say }));
      await writeFile(done, '');
    }
    const data = filled === undefined ? kept : path.join(dir, 'copy');
    if (data !== kept) {
      // With its owner, who may be another user than this one.
      execFileSync('cp', ['-a', kept, data]);
      await chmod(dir, 0o711);
    }
    return withLedger(data, say, (sql, url) => measureAll(sql, url, { quick, clients, lines, invoiced, say }));
  });
}

function withLedger(dir, say, work) {
  return withPostgres(dir, say, async (url) => {
    const options = { max: 8, statementTimeoutMs: 3_600_000 };
    const sql = dist('storage/system/database.js').openDatabase(url, options);
    try {
      return await work(sql, url);
    } finally {
      await sql.end();
    }
  });
}

async function fillAll(sql, { clients, lines, say }) {
  await dist('storage/system/migrate.js').migrate(sql);
  await fill(sql, clients);
  const filling = performance.now();
  await fillLedger(sql, { clients, lines, say });
  say(`   filled in ${Math.round((performance.now() - filling) / 1000)} s`);
}

async function measureAll(sql, url, { quick, clients, lines, invoiced, say }) {
  const service = dist('storage/system/database.js').openDatabase(url, {
    ...{ role: 'service', max: 8 },
    // On a busy machine a report may take longer than requests may.
    statementTimeoutMs: 120_000,
  });
  try {
    const run = await invoicingRun(sql, service, { clients, invoiced, say });
    const requests = requestsOf(Math.ceil(clients / 2));
    return {
      clients,
      lines,
      ...run,
      answers: await measureRequests(service, requests, { rounds: quick ? 3 : 7, say }),
    };
  } finally {
    await service.end();
  }
}

/** Every client has 30 days since the end of its last period, and one period to invoice. The run ends after `invoiced` clients. */
async function invoicingRun(sql, service, { clients, invoiced, say }) {
  await sql`insert into payment_terms (id, reseller_id, name, mode, days, grace_days) values (1, 1, '28/14', 'every', 28, 14)`;
  await sql`update clients set payment_terms_id = 1, autoinvoicing = true, created_at = now() - interval '90 days'`;
  await sql`
    update balances set invoiced_until = date_trunc('day', now()) - interval '30 days',
      periods_from = date_trunc('day', now()) - interval '30 days'`;
  const { startInvoicingRun } = dist('services/invoicing/start-invoicing-run.js');
  const { runJobBatch } = dist('services/jobs/run-job-batch.js');
  const scope = dist('storage/system/scope.js').operatorScope(service, '1');
  const actor = { id: 'system', source: 'system' };
  const starting = performance.now();
  const jobId = await startInvoicingRun({ scope, actor, now: Date.now() });
  const startMs = performance.now() - starting;
  const world = {
    service: scope,
    scopeOf: () => scope,
    monitors: {},
    clock: Date.now,
    onDefect: (error) => say(`   ${error}`),
  };
  const began = performance.now();
  for (let told = clients, pending = clients; pending > clients - invoiced;) {
    ({ pending } = await runJobBatch(world, jobId));
    if (told - pending < invoiced / 20) continue;
    say(`   ${clients - pending} clients in ${((performance.now() - began) / 1000).toFixed(0)} s`);
    told = pending;
  }
  const seconds = (performance.now() - began) / 1000;
  const [{ issued }] =
    await sql`select count(*)::int as issued from invoices where status = 'issued' and origin = 'auto'`;
  const perSecond = issued / seconds;
  say(
    `   run over ${clients} clients started in ${Math.round(startMs)} ms, ${issued} invoices in ${seconds.toFixed(1)} s`,
  );
  say(
    `   ${perSecond.toFixed(0)} clients per second by one job, ${(100_000 / perSecond / 60).toFixed(1)} min per 100,000`,
  );
  return {
    issued,
    startMs: Math.round(startMs),
    seconds: Math.round(seconds * 10) / 10,
    perSecond: Math.round(perSecond),
  };
}
