#!/usr/bin/env node
// Records histories of every workflow on the embedded servers, for test/replay. A history that is committed is never
// edited and never recorded again: a change of the workflows gets a patch and new histories beside the old ones
// (docs/versioning.md).
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { activityDeps, dist, insertClients, seconds, startStack, startWorkers } from '../bench/stack.mjs';

const help = `Usage: node scripts/record-histories.mjs [--force]

Writes test/replay/histories/<case>.<version>.json, the version being the package's; a case that is there already is
played and not written. Needs a build.

  --force   write over histories of this version (before it is released only)
`;

if (process.argv.includes('--help')) {
  process.stdout.write(help);
  process.exit(0);
}

const require = createRequire(import.meta.url);
const { historyToJSON } = require('@temporalio/common/lib/proto-utils');
const root = path.join(import.meta.dirname, '..');
const folder = path.join(root, 'test', 'replay', 'histories');
const { version } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));
const messages = dist('contract/messages.js');
const { pokeMonitor } = dist('temporal/start-monitor.js');
const { postEntry } = dist('storage/ledger.js');
const actor = { id: 'key:1', source: 'api' };
const say = (line) => process.stderr.write(`${line}\n`);

const stack = await startStack(say);
const deps = activityDeps(stack);
const mail = { refuses: false };
const database = { reads: true, tells: true };
const settings = {
  ...deps.settings,
  monitor: { continueAfterEvents: 1000, continueAfterChecks: 4, spreadShare: 0, spreadMaxMs: 0 },
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
const { local, effects } = createActivities({ ...deps, mail: transport, settings });
const stopWorkers = await startWorkers(stack, { local: unlessAway(local), effects });
try {
  await mkdir(folder, { recursive: true });
  await steadyChecks();
  await crossings();
  await grants();
  await requests();
  await failedDelivery();
  await deletedClient();
  await crossingBesideEdit();
  await databaseAway();
  await fleetAndResend();
} finally {
  await stopWorkers();
  await stack.stop();
}

/** The first run up to its end, and the one that continued it. */
async function steadyChecks() {
  const client = await begin({ everyMs: 1000 });
  const first = (await handleOf(client).describe()).runId;
  await seconds(7);
  await save('steady-first-run', client, first);
  await save('steady-continued-run', client);
}

/** A charge across a threshold, its mail, a payment, a payment told directly, pokes that say nothing new. */
async function crossings() {
  const client = await begin({ everyMs: 86_400_000, trigger: 'change' });
  await post(client, 'charge', '-980');
  await poke(client, 'balanceChanged');
  await seconds(2);
  await post(client, 'payment', '500');
  await poke(client, 'refilled');
  await seconds(1);
  await handleOf(client).signal(messages.refilled, { paymentId: `told-${client.id}`, amount: '5.00', currency: 'USD' });
  await poke(client, 'configurationChanged');
  await seconds(2);
  await save('crossing-and-refill', client);
}

/** Scheduled, started, warned of, reverted; and one that was changed and cancelled. */
async function grants() {
  const at = (inSeconds) => new Date(Date.now() + inSeconds * 1000).toISOString();
  const client = await begin({ everyMs: 86_400_000 });
  const grant = (input) =>
    handleOf(client).executeUpdate(messages.grantCredit, { args: [{ reason: 'recorded', actor, ...input }] });
  await grant({ requestId: 'first', amount: '20.00', from: at(2), validUntil: at(8) });
  await seconds(10);
  const second = await grant({ requestId: 'second', amount: '30.00', validUntil: at(3600) });
  const named = { grantId: second.id, reason: 'recorded', actor };
  await handleOf(client).executeUpdate(messages.changeGrant, {
    args: [{ ...named, requestId: 'third', amount: '40.00' }],
  });
  await handleOf(client).executeUpdate(messages.cancelGrant, { args: [{ ...named, requestId: 'fourth' }] });
  await seconds(2);
  await save('temporary-credits', client);
}

async function requests() {
  const client = await begin({ everyMs: 86_400_000, live: '40' });
  const ask = (definition, input) =>
    handleOf(client).executeUpdate(definition, { args: [{ actor, reason: 'recorded', ...input }] });
  await ask(messages.checkNow, {});
  await ask(messages.resetRule, { rule: 'client' });
  await ask(messages.silence, { rule: 'client', until: new Date(Date.now() + 2000).toISOString() });
  await seconds(3);
  await ask(messages.pause, {});
  await ask(messages.resume, {});
  await ask(messages.resetRule, { rule: 'nobody' }).catch(() => undefined);
  await seconds(1);
  await save('requests', client);
}

/** Refused until the next check, then tried again under the same number and accepted. */
async function failedDelivery() {
  mail.refuses = true;
  const client = await begin({ everyMs: 3000, live: '40' });
  await seconds(4);
  mail.refuses = false;
  await seconds(4);
  await save('failed-delivery', client);
}

async function deletedClient() {
  const client = await begin({ everyMs: 86_400_000 });
  await stack.sql`update clients set status = 'deleted', version = version + 1 where id = ${client.id}`;
  await poke(client, 'configurationChanged');
  await handleOf(client).result();
  await save('deleted-client', client);
}

/** A charge across a threshold whose own signal comes after that of an edit. */
async function crossingBesideEdit() {
  const client = await begin({ everyMs: 86_400_000, trigger: 'change' });
  await post(client, 'charge', '-980');
  await poke(client, 'configurationChanged');
  await seconds(2);
  await poke(client, 'balanceChanged');
  await seconds(2);
  await save('crossing-beside-edit', client);
}

/** Nothing can be read after a signal, and then a check cannot be told of: both are made up for. */
async function databaseAway() {
  const client = await begin({ everyMs: 86_400_000, trigger: 'change' });
  database.reads = false;
  await poke(client, 'balanceChanged');
  await seconds(4);
  database.reads = true;
  await seconds(12);
  database.tells = false;
  await post(client, 'charge', '-980');
  await poke(client, 'balanceChanged');
  await seconds(4);
  database.tells = true;
  await seconds(12);
  await save('database-away', client);
}

/** The same local activities, which fail while the database is away. */
function unlessAway({ observe, publish }) {
  const failing = (activity, works) => async (input) => {
    if (!works()) throw new Error('the database is away');
    return activity(input);
  };
  return { observe: failing(observe, () => database.reads), publish: failing(publish, () => database.tells) };
}

async function fleetAndResend() {
  for (const type of ['reconcile', 'retain']) {
    const handle = await stack.client.workflow.start(type, { workflowId: type, taskQueue: 'lowwater-monitors' });
    await handle.result();
    await saveHistory(type, handle);
  }
  const [{ id }] = await stack.sql`select id from notifications where status = 'accepted' limit 1`;
  const handle = await stack.client.workflow.start('resend', {
    workflowId: `resend/${id}`,
    taskQueue: 'lowwater-monitors',
    args: [{ notificationId: id, requestedBy: 'key:1' }],
  });
  await handle.result();
  await saveHistory('resend', handle);
}

async function begin(wish) {
  const [client] = await insertClients(stack, 1, wish);
  await poke(client, 'configurationChanged');
  for (;;) {
    const [row] = await stack.sql`select last_check_at from monitors where client_id = ${client.id}`;
    if (row?.last_check_at) return client;
    await seconds(0.1);
  }
}

async function post(client, kind, amount) {
  const { parseMoney } = dist('domain/money.js');
  const externalId = `${kind}-${client.id}`;
  const entry = {
    clientId: client.id,
    kind,
    externalId,
    amount: parseMoney(amount),
    currency: 'USD',
    occurredAt: null,
    source: 'recorded',
  };
  await postEntry(stack.sql, entry);
}

function poke(client, kind) {
  return pokeMonitor(stack.client, { clientId: client.id, resellerId: stack.resellerId }, kind);
}

function handleOf(client, runId) {
  return stack.client.workflow.getHandle(`monitor/${client.id}`, runId);
}

async function save(name, client, runId) {
  await saveHistory(name, handleOf(client, runId));
}

async function saveHistory(name, handle) {
  const file = path.join(folder, `${name}.${version}.json`);
  if (existsSync(file) && !process.argv.includes('--force')) return say(`${path.relative(root, file)}: kept`);
  const history = await handle.fetchHistory();
  // Stack traces name where this machine keeps the project.
  await writeFile(file, `${historyToJSON(history).replaceAll(`${root}${path.sep}`, '')}\n`);
  say(`${path.relative(root, file)}: ${history.events.length} events`);
}
