import { checkCounters, checkDelivered, checkDistances, checkMessages, checkRequests, checkSum } from './checks.mjs';
import { countAuditRows, readEntries, readMails, readNotifications, readWrittenAt } from './records.mjs';
import { askEveryMonitor, findStuckWorkflows, waitForRest } from './rest.mjs';
import { inParallel } from '../lib/in-parallel.mjs';
import { waitFor } from './wait.mjs';

/** Scheduled checks continue while the records are read: what disagrees is read again for so long. */
const agreeWithinMs = 30_000;

/** For what is asked after the load: that the load had requests without an outcome takes nothing from it. */
const restWithinMs = 150_000;
const readWithinMs = 60_000;

const limitIn = (ms) => ({ untilMs: performance.now() + ms });

/**
 * Brings everything to rest and checks all that must hold.
 *
 * @returns `{ checks: [name], findings: [{ check, text }], totals }`
 */
export async function verifyRound(round) {
  const { api, log } = round;
  const asking = { ...round, limit: limitIn(restWithinMs) };
  await askEveryMonitor(asking);
  const results = {
    monitors: [...(await waitForRest(asking)), ...(await findStuckWorkflows(asking))],
    answers: api.internalErrors.splice(0).map((what) => `${what} was answered 500`),
  };
  const run = { ...round, limit: limitIn(readWithinMs) };
  results.counters = await waitForAgreement(run);
  const entries = await readEntries(run);
  results.requests = checkRequests(log, await countAuditRows(run), entries);
  // Scheduled checks keep sending: what is recorded before has its message, what is sent before is recorded after.
  const before = await readNotifications(run);
  const mails = await readMails(run);
  const notifications = await readNotifications(run);
  results.messages = [...checkDelivered(mails, before), ...checkMessages(mails, notifications)];
  results.distances = checkDistances(notifications, log, await readWrittenAt(run));
  const totals = { requests: log.length, notifications: notifications.length, mails: mails.length };
  const findings = Object.entries(results).flatMap(([check, texts]) => texts.map((text) => ({ check, text })));
  return { checks: Object.keys(results), findings, totals };
}

/** Counters, balances and explanations that do not agree with each other, also after a while. */
async function waitForAgreement({ api, fleet, limit }) {
  let open = fleet.clients;
  let findings = [];
  await waitFor(
    async () => {
      const views = await inParallel(open, 6, ({ id }) =>
        readViews(api, id, limit).catch((error) => ({ id, failure: error.message })),
      );
      const notifications = await readNotifications({ api, limit });
      const perClient = views.map((view) => [view.id, disagreements(view, notifications)]);
      open = fleet.clients.filter(({ id }) => perClient.some(([other, found]) => other === id && found.length > 0));
      findings = perClient.flatMap(([, found]) => found);
      return findings.length === 0 ? true : null;
    },
    { withinMs: agreeWithinMs, everyMs: 1_000 },
  );
  return findings;
}

/** What different parts of the service say of one client. */
async function readViews(api, id, limit) {
  return {
    id,
    explanation: await api.read(`/v1/clients/${id}/explain`, limit),
    entries: await api.readAll(`/v1/clients/${id}/entries`, limit),
    balances: await api.read(`/v1/clients/${id}/balances`, limit),
    credits: await api.readAll(`/v1/temporary-credits?clientId=${id}&status=scheduled,active`, limit),
  };
}

function disagreements({ id, failure, explanation, entries, balances, credits }, notifications) {
  if (failure) return [`client ${id}: ${failure}`];
  const overdue = credits.filter(({ validUntil }) => Date.parse(validUntil) < Date.now());
  return [
    ...checkCounters(explanation, notifications),
    ...checkSum(id, entries, balances),
    ...(explanation.available === balances.available
      ? []
      : [`client ${id}: available is ${balances.available}, and its monitor shows ${explanation.available}`]),
    ...overdue.map((credit) => `client ${id}: temporary credit ${credit.id} is ${credit.status} after its end`),
  ];
}
