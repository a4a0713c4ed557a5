import {
  claimCreditNotification,
  claimRuleNotification,
} from '../../../../src/activities/notifications/claim-notification.js';
import { dayMs, minuteMs } from '../../../../src/domain/durations.js';
import type { CreditNotice, DecidedNotification } from '../../../../src/domain/monitoring/commands.js';
import type { DeliveryOutcome } from '../../../../src/domain/monitoring/rule-state.js';
import { endDeliveries, type PastAttempt, type PastDelivery } from '../../../../src/storage/system/demo-history.js';
import type { DemoClient } from '../clients.js';
import { billingEmail } from '../data.js';
import { Dice } from './dice.js';
import { isMailDown } from './story.js';
import type { World } from './world.js';

/** The messages of the past: written as the worker writes them, and accepted or rejected by the servers of then. */

/** How a notification ended, and when. */
export type PastOutcome = { readonly outcome: DeliveryOutcome; readonly at: number };

const windowMs = 30 * minuteMs;
/** Until then, the SMS gateway rejected the token: it had expired, and was replaced. */
const tokenReplacedDays = 12;

export async function sendPast(
  world: World,
  client: DemoClient,
  clientId: string,
  decided: DecidedNotification,
): Promise<PastOutcome> {
  const claimed = await claimRuleNotification(world.claim, { ...decided, clientId });
  if (!claimed) return { outcome: 'failed', at: decided.decidedAt };
  return endPastNotification(world, client, claimed.id, decided.decidedAt);
}

export async function sendPastCredit(
  world: World,
  client: DemoClient,
  clientId: string,
  notice: CreditNotice,
): Promise<void> {
  const claimed = await claimCreditNotification(world.claim, { ...notice, clientId });
  if (claimed) await endPastNotification(world, client, claimed.id, notice.at);
}

/** Ends the deliveries of a notification as they ended in the past. */
export async function endPastNotification(
  world: World,
  client: DemoClient,
  notificationId: string,
  at: number,
): Promise<PastOutcome> {
  const ends: PastDelivery[] = [];
  await endDeliveries(world.tx, notificationId, new Date(at), (recipient, format) => {
    const delivery =
      format === null
        ? deliveryOf(world, client, recipient, at)
        : channelDeliveryOf(world, `${recipient} ${at}`, format, at);
    ends.push(delivery);
    return delivery;
  });
  const has = (status: DeliveryOutcome): boolean => ends.some((one) => one.status === status);
  return {
    outcome: has('accepted') ? 'accepted' : has('uncertain') ? 'uncertain' : 'failed',
    at: Math.max(at, ...ends.map(({ endedAt }) => Math.ceil(endedAt.getTime() / 1000) * 1000)),
  };
}

function deliveryOf({ period }: World, client: DemoClient, recipient: string, at: number): PastDelivery {
  const dice = new Dice(`${recipient} ${at}`);
  const isRefused =
    recipient === billingEmail(client.name) &&
    client.mailRefusedDays !== undefined &&
    at > period.to - client.mailRefusedDays * 24 * 60 * minuteMs;
  if (isRefused) {
    const reply = '550 5.1.1 mailbox unavailable';
    return single(at, dice, { status: 'failed', outcome: 'refused_for_good', code: 550 }, reply);
  }
  if (isMailDown(at, period)) return deferred(at, dice);
  const queued = dice.int(0x1000_0000, 0x7fff_ffff).toString(16).toUpperCase();
  return single(at, dice, { status: 'accepted', outcome: 'accepted', code: 250 }, `250 2.0.0 OK: queued as ${queued}`);
}

/** As the sandbox answers. */
function channelDeliveryOf({ period }: World, seed: string, format: string, at: number): PastDelivery {
  const dice = new Dice(seed);
  if (format === 'slack_webhook') {
    return single(at, dice, { status: 'accepted', outcome: 'accepted', code: 200 }, 'status 200: ok');
  }
  if (at < period.to - tokenReplacedDays * dayMs) {
    const reply = 'status 401: {"error":"token expired"}';
    return single(at, dice, { status: 'failed', outcome: 'refused_for_good', code: 401 }, reply);
  }
  return single(at, dice, { status: 'accepted', outcome: 'accepted', code: 202 }, 'status 202: {"status":"queued"}');
}

function single(
  at: number,
  dice: Dice,
  { status, outcome, code }: Pick<PastDelivery, 'status'> & Pick<PastAttempt, 'outcome' | 'code'>,
  reply: string,
): PastDelivery {
  const startedAt = new Date(at + dice.int(120, 480));
  const endedAt = new Date(startedAt.getTime() + dice.int(90, 700));
  return { status, endedAt, attempts: [{ startedAt, endedAt, outcome, code, reply }] };
}

/** Tried for half an hour, as the worker does: after 10, 20, and 40 seconds, then every minute. */
function deferred(at: number, dice: Dice): PastDelivery {
  const attempts: PastAttempt[] = [];
  let wait = 10_000;
  for (let next = at + 200; next < at + windowMs - minuteMs; next += wait, wait = Math.min(60_000, wait * 2)) {
    const endedAt = new Date(next + dice.int(40, 300));
    const reply = '421 4.3.2 service shutting down for maintenance';
    attempts.push({ startedAt: new Date(next), endedAt, outcome: 'refused', code: 421, reply });
  }
  return { status: 'failed', endedAt: new Date(at + windowMs - 1000), attempts };
}
