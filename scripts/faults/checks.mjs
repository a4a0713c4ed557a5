import { counts, deliveriesOf, nameOf } from './records.mjs';

/** What must hold after every round. Each returns its findings, one line for each; none: it holds. */

/** Every request has an outcome, and left behind exactly what its outcome says. */
export function checkRequests(log, auditCounts, entries) {
  const entryCounts = new Map();
  for (const [clientId, rows] of entries) {
    for (const { kind, id } of rows) {
      const key = `${clientId} ${kind} ${id}`;
      entryCounts.set(key, (entryCounts.get(key) ?? 0) + 1);
    }
  }
  return log.flatMap(({ name, clientId, request, outcome, attempts, codes, answer }) => {
    const what = `${name} for client ${clientId} (${request.body?.reason ?? request.body?.id ?? request.path})`;
    if (outcome === 'open') {
      return `${what} had no outcome after ${attempts} attempts: ${answer.status} ${answer.body?.code ?? ''}`;
    }
    const { audit, entry } = request.leaves;
    if (!audit && !entry) return [];
    const found = audit
      ? (auditCounts.get(`${audit.action} ${audit.reason}`) ?? 0)
      : (entryCounts.get(`${entry.clientId} ${entry.kind} ${entry.id}`) ?? 0);
    const [min, max] = { accepted: [1, 1], refused: [0, 0], maybe: [0, 1] }[outcome];
    if (found >= min && found <= max) return [];
    return `${what} was ${outcome} (${attempts} attempts: ${runsOf(codes)}), and left ${found} ${audit ? 'audit rows' : 'ledger entries'}`;
  });
}

/** `503, 3x 409, 200` */
function runsOf(codes) {
  const runs = [];
  for (const code of codes) {
    const last = runs.at(-1);
    if (last && last.code === code) last.times++;
    else runs.push({ code, times: 1 });
  }
  return runs.map(({ code, times }) => (times === 1 ? code : `${times}x ${code}`)).join(', ');
}

/** What the server accepted is in the mailbox. */
export function checkDelivered(mails, notifications) {
  const arrived = new Set(mails.map(({ messageId }) => messageId));
  return notifications.flatMap((notification) =>
    deliveriesOf(notification)
      .filter(({ status, messageId }) => status === 'accepted' && !arrived.has(messageId))
      .map(() => `${nameOf(notification)}: accepted, and not in the mailbox`),
  );
}

/** No message was sent twice, and none without a record. */
export function checkMessages(mails, notifications) {
  const copies = new Map();
  for (const { messageId } of mails) copies.set(messageId, (copies.get(messageId) ?? 0) + 1);
  const findings = [...copies].flatMap(([id, n]) => (n > 1 ? `${n} messages have the Message-ID ${id}` : []));
  const known = new Set();
  const perRecipient = new Map();
  for (const notification of notifications) {
    for (const { messageId, status, recipients } of deliveriesOf(notification)) {
      known.add(messageId);
      const isThere = copies.has(messageId);
      if (status === 'failed' && isThere) findings.push(`${nameOf(notification)}: failed, and in the mailbox`);
      if (!isThere) continue;
      for (const recipient of recipients) {
        const key = `${nameOf(notification)}, to ${recipient}`;
        perRecipient.set(key, (perRecipient.get(key) ?? 0) + 1);
      }
    }
  }
  for (const [key, n] of perRecipient) if (n > 1) findings.push(`${key}: ${n} messages`);
  for (const id of copies.keys())
    if (!known.has(id)) findings.push(`the mailbox holds ${id}, which no notification has`);
  return findings;
}

const minDistanceMs = 3_600_000;
/** Decisions are cut to the second. */
const clockSlackMs = 2_000;

/**
 * Two notifications of a rule are an hour apart, unless a person has reset the counter in between: also while the step of a
 * check that was due before was still held up.
 */
export function checkDistances(notifications, log, writtenAt) {
  const resets = log.filter(({ request, outcome }) => request.resets && outcome !== 'refused');
  const byRule = groupBy(notifications.filter(counts), ({ clientId, rule }) => `${clientId} ${rule}`);
  const findings = [];
  for (const sent of byRule.values()) {
    // Those of temporary credit follow its times, not a rule's.
    if (sent[0].rule.startsWith('credit_')) continue;
    const inOrder = sent.map((row) => ({ ...row, atMs: Date.parse(row.at) })).sort((a, b) => a.atMs - b.atMs);
    for (const [index, later] of inOrder.entries()) {
      const earlier = inOrder[index - 1];
      if (!earlier || later.atMs - earlier.atMs >= minDistanceMs) continue;
      const isReset = resets.some(
        ({ request: { resets: reset }, firstSentAt, answeredAt }) =>
          reset.clientId === later.clientId &&
          reset.rule === later.rule &&
          firstSentAt <= Math.max(later.atMs, writtenAt.get(later.id) ?? 0) + clockSlackMs &&
          answeredAt >= earlier.atMs - clockSlackMs,
      );
      if (isReset) continue;
      const seconds = Math.round((later.atMs - earlier.atMs) / 1000);
      findings.push(`${nameOf(later)}: sent ${seconds} s after episode ${earlier.episode}, number ${earlier.number}`);
    }
  }
  return findings;
}

function groupBy(rows, keyOf) {
  const groups = new Map();
  for (const row of rows) groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), row]);
  return groups;
}

/** The sum of a client's entries is its live balance. */
export function checkSum(clientId, entries, balances) {
  const sum = entries.reduce((total, { amount }) => total + toMicros(amount), 0n);
  return sum === toMicros(balances.live) ? [] : [`client ${clientId}: live ${balances.live}, and its entries differ`];
}

/** The counter of each rule is the number of notifications of its episode that count, numbered from 1. */
export function checkCounters(explanation, notifications) {
  return explanation.rules.flatMap(({ key, episode, count }) => {
    const sent = notifications.filter(
      (row) => row.clientId === explanation.clientId && row.rule === key && row.episode === episode && counts(row),
    );
    const numbers = sent.map(({ number }) => number).sort((a, b) => a - b);
    if (sent.length === count && numbers.every((number, index) => number === index + 1)) return [];
    const which = `client ${explanation.clientId}, rule ${key}, episode ${episode}`;
    return `${which}: the counter is ${count}, and the notifications that count are [${numbers.join(', ')}]`;
  });
}

/** A decimal string in millionths. */
function toMicros(text) {
  const parts = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (!parts) throw new Error(`"${text}" is not an amount`);
  const [, sign, whole, fraction = ''] = parts;
  const micros = BigInt(whole) * 1_000_000n + BigInt(fraction.padEnd(6, '0'));
  return sign === '-' ? -micros : micros;
}
