import type { CompanyMailRound } from '../../contract/companies.js';
import { endSideDelivery, isPendingOf } from '../../domain/companies/threshold-control.js';
import { minuteMs } from '../../domain/durations.js';
import { groupBy } from '../../domain/group-by.js';
import { inParallel } from '../../domain/in-parallel.js';
import { recipientKey } from '../../domain/notifications/channels.js';
import {
  lockSideState,
  readCalledOff,
  readMailTime,
  readOpenNotifications,
  writeMailTime,
  type OpenNotification,
} from '../../storage/companies/company-sides.js';
import { abandonPending } from '../../storage/notifications/deliveries.js';
import { readOutcome } from '../../storage/notifications/notifications.js';
import { inTransaction } from '../../storage/system/transaction.js';
import { attemptDelivery, type AttemptDeps, type AttemptResult } from '../notifications/attempt-delivery.js';
import { abandonReasons, countAbandoned } from '../notifications/send-deliveries.js';

const pageSize = 500;
/** Lanes that are sent to side by side; messages of one lane are sent one after another, in the order of the decisions. */
const parallelLanes = 4;
/** So many emails refused for now, one after another, end the round: the server needs time. */
const maxRefusals = 8;
/** How long a notification waits for the mail server. */
const windowMs = 30 * minuteMs;

interface RoundOptions {
  readonly now: number;
  readonly signals: { readonly stop?: AbortSignal; readonly close?: AbortSignal };
  /** when the next round is expected, in ms */
  readonly nextRoundAtMs: number;
}

/**
 * Sends what was decided about companies and has not ended, also what an earlier run left behind. Each message is sent by
 * its delivery row, so that none is sent twice; an address or channel that refuses one for now gets no later one before it.
 */
export async function sendCompanyMail(deps: AttemptDeps, options: RoundOptions): Promise<CompanyMailRound> {
  const round = { emailed: 0, notSent: 0, waiting: 0 };
  const server = { refusals: 0 };
  // Kept across pages: an address has its order in the whole round.
  const waiting = new Set<string>();
  let after: string | null = null;
  for (;;) {
    const page: OpenNotification[] = await readOpenNotifications(deps.sql, after, pageSize);
    await sendPage(page);
    after = page.at(-1)?.notificationId ?? null;
    if (page.length < pageSize) return round;
  }

  async function sendPage(page: readonly OpenNotification[]): Promise<void> {
    const wanted: OpenNotification[] = [];
    for (const open of page) {
      if (open.isCalledOff) await abandon(deps, open, 'called_off');
      else wanted.push(open);
    }
    await inParallel([...lanesOf(wanted)], parallelLanes, async ([lane, deliveries]) => {
      for (const { id, open, isEmail } of deliveries) {
        if (waiting.has(lane) || options.signals.stop?.aborted) return;
        if (isEmail && server.refusals >= maxRefusals) return;
        const result = await attempt(id, open);
        // A channel that does not answer would keep its lane for the time-out of each message.
        if (result === 'refused' || (result === 'uncertain' && !isEmail)) waiting.add(lane);
        if (isEmail) server.refusals = result === 'refused' ? server.refusals + 1 : 0;
      }
    });
    for (const open of page) {
      const outcome = await settle(deps, open);
      if (outcome === 'waiting') round.waiting += 1;
      else if (outcome === 'failed') round.notSent += 1;
      else round.emailed += 1;
    }
  }

  /** One that is refused for now after its time has failed: the next run decides again. */
  async function attempt(id: string, open: OpenNotification): Promise<AttemptResult> {
    const { nextRoundAtMs: nextAttemptAtMs, signals, now } = options;
    const result = await attemptDelivery(deps, id, { requestedBy: null, nextAttemptAtMs, signals });
    // The balance mail time is set as soon as the first recipient accepts, not when the round ends.
    if (result !== 'refused') await settle(deps, open);
    else if (now - open.decidedAt.getTime() >= windowMs) await abandon(deps, open, 'time_over');
    return result;
  }
}

interface LaneDelivery {
  readonly id: string;
  readonly open: OpenNotification;
  readonly isEmail: boolean;
}

/** One lane for each address, and one for each channel. */
function lanesOf(page: readonly OpenNotification[]): Map<string, LaneDelivery[]> {
  const deliveries = page.flatMap((open) =>
    open.deliveries
      .filter(({ isPending }) => isPending)
      .map(({ id, recipient, channelId }) => ({
        ...{ id, open, isEmail: channelId === null },
        lane: channelId === null ? recipient : recipientKey({ channelId, address: null }),
      })),
  );
  return groupBy(deliveries, ({ lane }) => lane);
}

async function abandon(
  deps: AttemptDeps,
  { notificationId }: OpenNotification,
  why: keyof typeof abandonReasons,
): Promise<void> {
  countAbandoned(deps, await abandonPending(deps.sql, { notificationId }, abandonReasons[why]), why);
}

/** Ends what was reset, turned off, or found fine since, so that a run that decides finds no notification in its way. */
export async function endCalledOff(deps: AttemptDeps): Promise<void> {
  for (const open of await readCalledOff(deps.sql)) {
    await abandon(deps, open, 'called_off');
    await settle(deps, open);
  }
}

/**
 * Takes the outcome of a notification into the state of its side: the balance mail time as soon as one recipient has accepted,
 * the rest once all deliveries have ended. Repeated, it changes nothing.
 */
async function settle(
  deps: AttemptDeps,
  { notificationId, companyId, side, episode, number }: OpenNotification,
): Promise<'waiting' | 'accepted' | 'uncertain' | 'failed'> {
  const outcome = await readOutcome(deps.sql, notificationId);
  if (outcome === null) {
    await inTransaction(deps.sql, async (tx) => {
      const state = await lockSideState(tx, companyId, side);
      if (!state || !isPendingOf(state, { episode, number })) return;
      const mailTime = await readMailTime(tx, notificationId);
      if (mailTime !== null) await writeMailTime(tx, companyId, side, { state, mailTime });
    });
    return 'waiting';
  }
  await inTransaction(deps.sql, async (tx) => {
    const state = await lockSideState(tx, companyId, side);
    if (!state?.pending) return;
    const ended = endSideDelivery(side, state, { episode, number }, outcome);
    if (ended.state === state) return;
    const mailTime = ended.setsMailTime ? await readMailTime(tx, notificationId) : null;
    await writeMailTime(tx, companyId, side, { state: ended.state, mailTime });
  });
  return outcome;
}
