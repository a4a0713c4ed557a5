import { checkCounters, checkDistances, checkMessages, checkRequests, checkSum } from './checks.mjs';
import { countAuditRows, readEntries, readMails, readNotifications } from './records.mjs';
import { askEveryMonitor, findStuckWorkflows, waitForRest } from './rest.mjs';
import { inLanes, waitFor } from './wait.mjs';

/** Scheduled checks go on while the records are read: what disagrees is read again for so long. */
const agreeWithinMs = 30_000;

/**
 * Brings everything to rest and checks all that must hold.
 *
 * @returns `{ findings: [{ check, text }], totals }`
 */
export async function verifyRound(run) {
  const { api, log, fleet, limit } = run;
  await askEveryMonitor(run);
  const results = {
    monitors: [...(await waitForRest(run)), ...(await findStuckWorkflows(run))],
    answers: api.internalErrors.splice(0).map((what) => `${what} was answered 500`),
  };
  results.counters = await waitForAgreement(run);
  const entries = await readEntries(run);
  results.requests = checkRequests(log, await countAuditRows(run), entries);
  // Messages first: one that is sent in between is known by then.
  const mails = await readMails(run);
  const notifications = await readNotifications(run);
  results.messages = checkMessages(mails, notifications);
  results.distances = checkDistances(notifications, log);
  const unread = fleet.clients.filter(({ id }) => !entries.has(id));
  if (unread.length > 0) throw new Error(`${unread.length} clients have no list of entries`);
  const totals = { requests: log.length, notifications: notifications.length, mails: mails.length };
  const findings = Object.entries(results).flatMap(([check, texts]) => texts.map((text) => ({ check, text })));
  return { checks: Object.keys(results), findings, totals, limit };
}

/** Counters, balances and explanations that do not agree with each other, also after a while. */
async function waitForAgreement({ api, fleet, limit }) {
  let open = fleet.clients;
  let findings = [];
  await waitFor(
    async () => {
      const views = await inLanes(open, 6, async ({ id }) => ({
        id,
        explanation: await api.read(`/v1/clients/${id}/explain`, limit),
        entries: await api.readAll(`/v1/clients/${id}/entries`, limit),
        balances: await api.read(`/v1/clients/${id}/balances`, limit),
        credits: await api.readAll(`/v1/temporary-credits?clientId=${id}&status=scheduled,active`, limit),
      }));
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

function disagreements({ id, explanation, entries, balances, credits }, notifications) {
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
