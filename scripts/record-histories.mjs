#!/usr/bin/env node
// Records the histories of every workflow on the embedded servers, for test/replay. Until 0.1.0 is released they are
// all recorded again with each change of commands or names; from then on a committed history is never edited, and a
// change gets a patch and new histories next to the old ones (docs/versioning.md).
import { mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { activityDeps, dist, insertClients, seconds, startStack, startWorkers } from '../bench/stack.mjs';
import { withFate } from './lib/fated-activities.mjs';
import { playRateNotification } from './lib/rate-notification-case.mjs';
import { playCardPayment } from './lib/card-payment-case.mjs';
import { scheduledWorkflows, writeHistory } from './lib/history-file.mjs';
import { helpIfAsked, inRoot, say } from './lib/project.mjs';

helpIfAsked(`
Usage: node scripts/record-histories.mjs [CASE ...]

Writes test/replay/histories/<case>.<version>.json, the version being the package's. Without a case: all of them, and
histories of cases that no longer exist are removed. Needs a build; takes about three minutes.
`);

const folder = inRoot('test', 'replay', 'histories');
const { version } = JSON.parse(await readFile(inRoot('package.json'), 'utf8'));
const messages = dist('contract/messages.js');
const { signalMonitor } = dist('temporal/start-monitor.js');
const { recordEntry } = dist('services/ledger/record-entries.js');
const { requesterFor } = dist('activities/requester.js');
const actor = { id: 'key:1', source: 'api' };
const wanted = process.argv.slice(2);

const stack = await startStack(say);
const deps = activityDeps(stack);
const mail = { refuses: false };
/** batches of jobs that are to carry out nothing, and how long the workflow waits after each */
const heldBatches = { left: 0, pauseMs: 0 };
/** outcome of a local activity: `works`, `fails`, or `hangs` until its time-out */
const fate = { read: 'works', publish: 'works' };
const settings = {
  ...deps.settings,
  monitor: { continueAfterEvents: 1000, continueAfterChecks: 8, spreadShare: 0, spreadMaxMs: 0 },
  // in hours: 2 seconds
  creditWarningHours: 2 / 3600,
};
const { createActivities } = dist('task-workers.js');
const transport = {
  ...deps.mail,
  send: (message, hooks) =>
    mail.refuses
      ? Promise.resolve({ outcome: 'refused', permanent: false, code: 451, reply: '451 later' })
      : deps.mail.send(message, hooks),
};
const { local, effects, jobs } = createActivities({ ...deps, mail: transport, settings });
const gateway = deps.actions;
const stopWorkers = await startWorkers(stack, {
  local: withFate(local, fate),
  effects,
  jobs: withHeldRows(jobs),
});

/** What is recorded, by case. A case may save several histories. */
const cases = {
  'steady-runs': steadyRuns,
  'change-and-refill': changeAndRefill,
  reminder,
  'own-rules': ownRules,
  'temporary-credits': temporaryCredits,
  requests,
  'failed-delivery': failedDelivery,
  'cancelled-delivery': cancelledDelivery,
  'deleted-client': deletedClient,
  'lost-run': lostRun,
  'observe-failed': () => brokenRead('observe-failed', 'fails'),
  'observe-timed-out': () => brokenRead('observe-timed-out', 'hangs'),
  'check-timed-out': checkTimedOut,
  'publish-failed': () => brokenPublish('publish-failed', 'fails'),
  'publish-timed-out': () => brokenPublish('publish-timed-out', 'hangs'),
  fleet: fleetAndResend,
  jobs: jobRuns,
  'credit-requests': creditRequests,
  'card-payments': () => played('card-payment', playCardPayment),
  'rate-notifications': () => played('rate-notification', playRateNotification),
};

try {
  if (wanted.length === 0) await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  for (const [name, record] of Object.entries(cases)) if (wanted.length === 0 || wanted.includes(name)) await record();
} finally {
  await stopWorkers();
  await stack.stop();
}

async function played(name, play) {
  await saveHistory(name, await play(stack, gateway, await begin({ everyMs: 86_400_000 }), until));
}

/** The first run up to its end, and the one that continued it. */
async function steadyRuns() {
  const client = await begin({ everyMs: 1000 });
  const first = (await handleOf(client).describe()).runId;
  await until(async () => (await handleOf(client, first).describe()).status.name === 'CONTINUED_AS_NEW');
  await seconds(2);
  await save('steady-first-run', client, first);
  await save('steady-continued-run', client);
}

/** A charge below the threshold, its notification, a payment, a payment that is signaled directly, idle signals. */
async function changeAndRefill() {
  const client = await begin({ everyMs: 86_400_000, trigger: 'change' });
  await post(client, 'charge', '-980');
  await signal(client, 'balanceChanged');
  await seconds(2);
  await post(client, 'payment', '500');
  await signal(client, 'balanceChanged');
  await seconds(1);
  await handleOf(client).signal(messages.refilled, { paymentId: `told-${client.id}`, amount: '5.00', currency: 'USD' });
  await handleOf(client).signal(messages.refilled, { paymentId: `bad-${client.id}`, amount: 'much', currency: 'USD' });
  await signal(client, 'configurationChanged');
  await seconds(2);
  await save('change-and-refill', client);
}

/** A threshold of the client's own: an email, an event, and a lower capacity; a payment ends all three. */
async function ownRules() {
  const client = await begin({ everyMs: 86_400_000 });
  await stack.sql`
    update clients set notify_client = true, notify_admin = true, low_balance_threshold = 50, low_balance_capacity = 1,
      version = version + 1 where id = ${client.id}`;
  await signal(client, 'configurationChanged');
  await post(client, 'charge', '-980');
  await signal(client, 'balanceChanged');
  await seconds(2);
  await post(client, 'payment', '500');
  await signal(client, 'balanceChanged');
  await seconds(2);
  await save('own-rules', client);
}

/** A silence that ends: the rule, which was low all the time, notifies at that instant by a separate timer. */
async function reminder() {
  const client = await begin({ everyMs: 86_400_000, trigger: 'change' });
  await ask(client, messages.silence, { until: new Date(Date.now() + 4000).toISOString() });
  await post(client, 'charge', '-980');
  await signal(client, 'balanceChanged');
  await seconds(7);
  await save('silence-ends', client);
}

/** Scheduled, started, expiring, reverted; and one that is changed and canceled. */
async function temporaryCredits() {
  const at = (inSeconds) => new Date(Date.now() + inSeconds * 1000).toISOString();
  const client = await begin({ everyMs: 86_400_000 });
  await ask(client, messages.grantCredit, { requestId: 'first', amount: '20.00', from: at(2), validUntil: at(8) });
  await seconds(10);
  const second = await ask(client, messages.grantCredit, {
    requestId: 'second',
    amount: '30.00',
    validUntil: at(3600),
  });
  await ask(client, messages.changeGrant, { grantId: second.id, requestId: 'third', amount: '40.00' });
  await ask(client, messages.changeGrant, { grantId: second.id, requestId: 'fourth', amount: '35.00' });
  await ask(client, messages.cancelGrant, { grantId: second.id, requestId: 'fifth' });
  await seconds(2);
  await save('temporary-credits', client);
}

async function requests() {
  const client = await begin({ everyMs: 86_400_000, live: '40' });
  await ask(client, messages.checkNow, {});
  await ask(client, messages.resetRule, { rule: 'client' });
  await ask(client, messages.silence, { rule: 'client', until: new Date(Date.now() + 2000).toISOString() });
  await seconds(3);
  await ask(client, messages.pause, {});
  await ask(client, messages.resume, {});
  await ask(client, messages.resetRule, { rule: 'nobody' }).catch(() => undefined);
  await Promise.all([
    ask(client, messages.pause, {}),
    ask(client, messages.checkNow, {}),
    ask(client, messages.resume, {}),
  ]);
  await seconds(1);
  await save('requests', client);
}

/** Refused until the next check, then decided again under the same number and accepted. */
async function failedDelivery() {
  mail.refuses = true;
  const client = await begin({ everyMs: 3000, live: '40' });
  await seconds(4);
  mail.refuses = false;
  await seconds(4);
  await save('failed-delivery', client);
}

/** Refused for now, and canceled by a payment. */
async function cancelledDelivery() {
  mail.refuses = true;
  const client = await begin({ everyMs: 86_400_000, live: '40', trigger: 'change' });
  await seconds(2);
  await post(client, 'payment', '500');
  await signal(client, 'balanceChanged');
  await seconds(5);
  mail.refuses = false;
  await save('cancelled-delivery', client);
}

async function deletedClient() {
  const client = await begin({ everyMs: 86_400_000 });
  await stack.sql`update clients set status = 'deleted', version = version + 1 where id = ${client.id}`;
  await signal(client, 'configurationChanged');
  await handleOf(client).result();
  await save('deleted-client', client);
}

/** A run that was terminated; the next takes up what the read model holds. */
async function lostRun() {
  const client = await begin({ everyMs: 86_400_000, live: '40' });
  await seconds(2);
  await handleOf(client).terminate('recorded');
  await signal(client, 'configurationChanged');
  await seconds(2);
  await save('restored-run', client);
}

/** The client cannot be read after a signal: it is read later. */
async function brokenRead(name, how) {
  const client = await begin({ everyMs: 86_400_000, trigger: 'change' });
  await post(client, 'charge', '-980');
  fate.read = how;
  await signal(client, 'balanceChanged');
  await until(() => hasFailedMarker(client));
  fate.read = 'works';
  await until(async () => (await notifications(client)) > 0);
  await seconds(2);
  await save(name, client);
}

/** The client cannot be read at a scheduled check. */
async function checkTimedOut() {
  const client = await begin({ everyMs: 25_000, live: '40' });
  fate.read = 'hangs';
  await until(() => hasFailedMarker(client));
  fate.read = 'works';
  await seconds(13);
  await save('check-timed-out', client);
}

/** What was decided cannot be written: it is written later, and the caller is answered then. */
async function brokenPublish(name, how) {
  const client = await begin({ everyMs: 86_400_000, live: '40' });
  await seconds(2);
  fate.publish = how;
  const asked = ask(client, messages.checkNow, {});
  await until(() => hasFailedMarker(client));
  fate.publish = 'works';
  await asked;
  await seconds(1);
  await save(name, client);
}

async function hasFailedMarker(client) {
  const { events } = await handleOf(client).fetchHistory();
  return events.some(({ markerRecordedEventAttributes: marker }) => marker?.failure);
}

async function notifications(client) {
  const [{ count }] = await stack.sql`
    select count(*)::int as count from notifications where client_id = ${client.id} and status = 'accepted'`;
  return count;
}

async function until(isSo) {
  while (!(await isSo())) await seconds(0.2);
}

async function fleetAndResend() {
  for (const type of scheduledWorkflows) {
    const handle = await stack.client.workflow.start(type, { workflowId: type, taskQueue: 'lowwater-monitors' });
    await handle.result();
    await saveHistory(type, handle);
  }
  const [{ id }] = await stack.sql`select id from deliveries where status = 'accepted' limit 1`;
  const handle = await stack.client.workflow.start('resend', {
    workflowId: `resend/${id}`,
    taskQueue: 'lowwater-monitors',
    args: [{ deliveryId: id, requestedBy: 'key:1' }],
  });
  await handle.result();
  await saveHistory('resend', handle);
}

/** A job that waits after a batch and is retried while it runs; and one that is longer than a run. */
async function jobRuns() {
  const waiting = await startJob();
  heldBatches.left = 2;
  heldBatches.pauseMs = 500;
  await gateway.wakeJob(waiting);
  await gateway.wakeJob(waiting);
  await jobHandle(waiting).result();
  await saveHistory('job', jobHandle(waiting));
  const long = await startJob();
  heldBatches.left = 101;
  heldBatches.pauseMs = 0;
  await gateway.wakeJob(long);
  const first = (await jobHandle(long).describe()).runId;
  await jobHandle(long).result();
  await saveHistory('job-first-run', jobHandle(long, first));
  await saveHistory('job-continued-run', jobHandle(long));
}

/** One that is approved and granted; one that expires, its time moved near. */
async function creditRequests() {
  const approved = await requestCredit();
  await gateway.wakeCreditRequest(approved);
  await seconds(1);
  const { approveCreditRequest } = dist('services/credit/requests/approve-credit-request.js');
  const approver = { ...(await requesterFor(stack.sql, actor, Date.now())), actor: { id: 'user:8', source: 'web' } };
  await approveCreditRequest(approver, approved, { reason: null }, { cap: {}, userId: '8' }, () => undefined);
  await gateway.wakeCreditRequest(approved);
  await creditRequestHandle(approved).result();
  await saveHistory('credit-request-approved', creditRequestHandle(approved));
  const expired = await requestCredit();
  await stack.sql`update credit_requests set expires_at = now() + interval '2 seconds' where id = ${expired}`;
  await gateway.wakeCreditRequest(expired);
  await creditRequestHandle(expired).result();
  await saveHistory('credit-request-expired', creditRequestHandle(expired));
}

async function requestCredit() {
  const { createCreditRequest } = dist('services/credit/requests/create-credit-request.js');
  const client = await begin({ everyMs: 86_400_000 });
  const requester = { ...(await requesterFor(stack.sql, actor, Date.now())), actor: { id: 'user:7', source: 'web' } };
  const untilMs = Math.floor(Date.now() / 1000) * 1000 + 3_600_000;
  const asked = { kind: 'temporary', requestId: 'first', amount: '20.00', fromMs: null, untilMs, reason: 'recorded' };
  const { row } = await createCreditRequest(requester, client.id, asked, { cap: { maxAmount: '0' }, userId: '7' });
  return row.id;
}

function creditRequestHandle(id) {
  return stack.client.workflow.getHandle(`credit-request/${id}`);
}

async function startJob() {
  const { startJob: start } = dist('services/jobs/start-job.js');
  const { createApiKey } = dist('services/access/create-api-key.js');
  const clients = await insertClients(stack, 2, {});
  const service = await requesterFor(stack.sql, actor, Date.now());
  const { row } = await createApiKey(service, { resellerId: stack.resellerId, name: 'recorded', scopes: ['*'] });
  const selection = { clientIds: clients.map(({ id }) => String(id)) };
  const request = { kind: 'add_tags', parameters: { tags: ['recorded'] }, reason: null, selection, seen: null };
  return start({ ...service, actor: { id: `key:${row.id}`, source: 'api' } }, request, () => undefined);
}

function jobHandle(jobId, runId) {
  return stack.client.workflow.getHandle(`job/${jobId}`, runId);
}

function withHeldRows({ runJobBatch }) {
  return {
    runJobBatch: async (input) => {
      if (heldBatches.left === 0) return runJobBatch(input);
      heldBatches.left--;
      return { pending: 2, pauseMs: heldBatches.pauseMs };
    },
  };
}

async function begin(wish) {
  const [client] = await insertClients(stack, 1, wish);
  await signal(client, 'configurationChanged');
  const checked = () => stack.sql`select from monitors where client_id = ${client.id} and last_check_at is not null`;
  await until(async () => (await checked()).length > 0);
  return client;
}

async function post(client, kind, amount) {
  const { parseMoney } = dist('domain/money.js');
  const externalId = `${kind}-${client.id}`;
  const rest = { currency: 'USD', occurredAt: null, source: 'recorded' };
  const entry = { clientId: client.id, kind, externalId, amount: parseMoney(amount), ...rest };
  await recordEntry(await requesterFor(stack.sql, actor, Date.now()), entry);
}

function ask(client, definition, input) {
  return handleOf(client).executeUpdate(definition, { args: [{ actor, reason: 'recorded', ...input }] });
}

function signal(client, kind) {
  return signalMonitor(stack.client, { clientId: client.id, resellerId: stack.resellerId }, kind);
}
function handleOf(client, runId) {
  return stack.client.workflow.getHandle(`monitor/${client.id}`, runId);
}

function save(name, client, runId) {
  return saveHistory(name, handleOf(client, runId));
}
async function saveHistory(name, handle) {
  say(await writeHistory(path.join(folder, `${name}.${version}.json`), await handle.fetchHistory()));
}
