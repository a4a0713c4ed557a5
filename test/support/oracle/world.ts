import type { Micros } from '../../../src/domain/money.js';
import type { BalanceModel } from '../../../src/domain/monitoring/rules.js';
import { channelNameOf, type ReceiverState } from '../../../src/simulate/scenario-channels.js';
import type { ClientsSilence, Scenario, ScenarioEvent, ScenarioProfile } from '../../../src/simulate/scenario.js';

interface Grant {
  readonly amount: Micros;
  readonly untilMs: number;
}

/** Silence of all rules of the client. */
export const allRules = '*';

/** Everything outside the monitor that its decisions depend on, as it is at one instant. */
export interface World {
  live: Micros;
  creditLimit: Micros;
  balanceModel: BalanceModel;
  grant: Grant | null;
  isStopped: boolean;
  isPaused: boolean;
  /** instant at which the silence ends, by rule key or `allRules` */
  silences: Map<string, number>;
  /** silences over many clients that cover this one, `from <= t < until` */
  clientsSilences: (ClientsSilence & { endedMs?: number })[];
  tags: readonly string[];
  profile: ScenarioProfile | null;
  isSourceUp: boolean;
  isMailUp: boolean;
  /** by the names of channels; absent: up */
  receivers: Map<string, ReceiverState>;
  /** the lower capacity applies: set by the monitor, not by an event */
  isCapacityReduced: boolean;
  paymentIds: Set<string>;
  /** number of refills so far */
  refills: number;
  /** last charge; the creation of the client until then */
  lastChargeMs: number;
}

export function startWorld(scenario: Scenario): World {
  const { client } = scenario;
  return {
    live: client.openingBalance,
    creditLimit: client.creditLimit,
    balanceModel: client.balanceModel,
    grant: null,
    isStopped: client.status === 'stop',
    isPaused: false,
    silences: new Map(),
    clientsSilences: [],
    tags: client.tags,
    profile: scenario.profile,
    isSourceUp: true,
    isMailUp: true,
    receivers: new Map(),
    isCapacityReduced: false,
    paymentIds: new Set(),
    refills: 0,
    lastChargeMs: scenario.startMs,
  };
}

/** The credit step of an instant: a temporary credit ends exactly at Valid until. */
export function endCredit(world: World, nowMs: number): void {
  if (world.grant && world.grant.untilMs <= nowMs) world.grant = null;
}

/** Applies one event. `checkNow` and `resetCounter` are requests to the monitor and change nothing here. */
export function applyEvent(world: World, event: ScenarioEvent): void {
  switch (event.kind) {
    case 'charge':
      world.live -= event.amount;
      world.lastChargeMs = event.atMs;
      return;
    case 'payment':
      if (world.paymentIds.has(event.id)) return;
      world.paymentIds.add(event.id);
      world.live += event.amount;
      world.refills++;
      return;
    case 'adjustment':
      world.live += event.amount;
      return;
    case 'creditLimit':
      world.creditLimit = event.amount;
      return;
    case 'temporaryCredit':
      if (world.grant || world.balanceModel === 'unlimited' || event.validUntilMs <= event.atMs) return;
      world.grant = { amount: event.amount, untilMs: event.validUntilMs };
      return;
    case 'cancelTemporaryCredit':
      world.grant = null;
      return;
    case 'balanceModel':
      world.balanceModel = event.balanceModel;
      if (event.balanceModel === 'unlimited') world.grant = null;
      return;
    case 'status':
      world.isStopped = event.status === 'stop';
      return;
    case 'pause':
      world.isPaused = true;
      return;
    case 'resume':
      world.isPaused = false;
      return;
    case 'silence':
      world.silences.set(event.rule ?? allRules, event.untilMs);
      return;
    case 'clientsSilence':
      world.clientsSilences.push({ ...event });
      return;
    case 'expireSilence':
      for (const silence of world.clientsSilences) if (silence.id === event.id) silence.endedMs = event.atMs;
      return;
    case 'tags':
      world.tags = event.tags;
      return;
    case 'profile':
      world.profile = event.profile;
      return;
    case 'balanceSource':
      world.isSourceUp = event.up;
      return;
    case 'mail':
      world.isMailUp = event.up;
      return;
    case 'channel':
      world.receivers.set(event.name, event.receiver);
      return;
    case 'checkNow':
    case 'resetCounter':
      return;
  }
}

export function availableIn(world: World): Micros {
  return world.live + world.creditLimit + (world.grant?.amount ?? 0n);
}

/** How the mail server, or the receiver of a channel, answers to a message for this recipient. */
export function receiverOf({ isMailUp, receivers }: World, recipient: string): ReceiverState {
  const channel = channelNameOf(recipient);
  if (channel !== null) return receivers.get(channel) ?? 'up';
  return isMailUp ? 'up' : 'down';
}
