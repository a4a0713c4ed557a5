import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fillLedger } from './ledger-lines.mjs';
import { fill, measureRequests } from './lists.mjs';
import { dist, localStack } from './stack.mjs';

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

/** An invoicing run over all clients, on a ledger of as many lines as are asked for, and what pages ask of it. */
export async function invoicing({ quick, clients = quick ? 2000 : 100_000, lines = clients * 100, say }) {
  const dir = await mkdtemp(path.join(tmpdir(), 'lowwater-bench-'));
  const log = (line) => say(`   ${line}`);
  const postgres = await localStack('servers/postgres.js').startPostgres({
    dataDir: path.join(dir, 'postgres'),
    port: 0,
    log,
  });
  const options = { max: 8, statementTimeoutMs: 3_600_000 };
  const sql = dist('storage/system/database.js').openDatabase(postgres.url, options);
  try {
    await dist('storage/system/migrate.js').migrate(sql);
    await fill(sql, clients);
    const filling = performance.now();
    await fillLedger(sql, { clients, lines, say });
    say(`   filled in ${Math.round((performance.now() - filling) / 1000)} s`);
    const service = dist('storage/system/database.js').openDatabase(postgres.url, { role: 'service', max: 8 });
    try {
      const run = await invoicingRun(sql, service, { clients, say });
      const answers = await measureRequests(service, requestsOf(Math.ceil(clients / 2)), {
        rounds: quick ? 3 : 7,
        say,
      });
      return { clients, lines, ...run, answers };
    } finally {
      await service.end();
    }
  } finally {
    await sql.end();
    await postgres.stop();
    await rm(dir, { recursive: true, force: true });
  }
}

/** Every client has 30 days since the end of its last period, and one period to invoice. */
async function invoicingRun(sql, service, { clients, say }) {
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
  while ((await runJobBatch(world, jobId)).pending > 0);
  const seconds = (performance.now() - began) / 1000;
  const [{ issued }] =
    await sql`select count(*)::int as issued from invoices where status = 'issued' and origin = 'auto'`;
  const perSecond = clients / seconds;
  say(`   ${clients} clients: run started in ${Math.round(startMs)} ms, ${issued} invoices in ${seconds.toFixed(1)} s`);
  say(
    `   ${perSecond.toFixed(0)} clients per second by one job, ${((seconds * 100_000) / clients / 60).toFixed(1)} min per 100,000`,
  );
  return {
    issued,
    startMs: Math.round(startMs),
    seconds: Math.round(seconds * 10) / 10,
    perSecond: Math.round(perSecond),
  };
}
