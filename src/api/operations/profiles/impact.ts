import { setImmediate } from 'node:timers/promises';
import type { Queries } from '../../../storage/system/database.js';
import {
  hasMoreClientsThan,
  readClientBatches,
  type ClientSelection,
  type ProfileClient,
} from '../../../storage/profiles/profile-clients.js';
import {
  maxListedClients,
  maxUnconfirmedNotifications,
  requireConfirmation,
  type NotificationImpactJson,
} from '../../contract/confirm-notifications.js';
import { timeText } from '../../contract/schemas.js';
import { effectOn, type ClientEffect, type Notified, type Outcome, type ReadyProfile } from './effect.js';

/** Which clients a change concerns, and under which profile each is evaluated. */
export interface PlannedChange {
  readonly selection: ClientSelection;
  /** null: the client has no profile */
  readonly before: (client: ProfileClient) => ReadyProfile | null;
  /** null: the change no longer concerns the client */
  readonly after: (client: ProfileClient) => ReadyProfile | null;
}

/** Adds up what a change would do, client by client: only the clients that are listed stay in memory. */
export class NotificationImpact {
  clients = 0;
  readonly notified = { before: 0, after: 0 };
  readonly low = { before: 0, after: 0 };
  readonly newlyNotified = new Group<NotificationImpactJson['newlyNotified']['data'][number]>();
  readonly noLongerNotified = new Group<NotificationImpactJson['noLongerNotified']['data'][number]>();
  readonly unreachable = new Group<{ clientId: string; name: string; rules: string[] }>();
  readonly undecided = { paused: 0, balanceUnknown: 0, unlimited: 0, noRate: 0 };
  /** clients by their currency */
  readonly currencies = new Map<string, number>();

  add(effect: ClientEffect): void {
    const { client, before, after, unheard } = effect;
    this.clients++;
    this.currencies.set(client.currency, (this.currencies.get(client.currency) ?? 0) + 1);
    if (isNotified(before)) this.notified.before++;
    if (isNotified(after)) this.notified.after++;
    if (before.isLow) this.low.before++;
    if (after.isLow) this.low.after++;
    if (isNotified(after) && !isNotified(before)) this.newlyNotified.add(() => affected(effect, after.notified));
    if (isNotified(before) && !isNotified(after)) this.noLongerNotified.add(() => affected(effect, before.notified));
    if (unheard.all) {
      this.unreachable.add(() => ({ clientId: client.id, name: client.name, rules: [...unheard.rules] }));
    }
    const reasons = new Set(after.verdicts.map(({ reason }) => reason));
    if (reasons.has('paused')) this.undecided.paused++;
    if (reasons.has('balance_unknown')) this.undecided.balanceUnknown++;
    if (reasons.has('unlimited')) this.undecided.unlimited++;
    if (reasons.has('no_rate')) this.undecided.noRate++;
  }

  toJson(now: number): NotificationImpactJson {
    return {
      clients: this.clients,
      at: timeText(new Date(now)),
      notified: { ...this.notified },
      low: { ...this.low },
      newlyNotified: this.newlyNotified.toJson(),
      noLongerNotified: this.noLongerNotified.toJson(),
    };
  }
}

/** How many there are, and the first of them. */
class Group<Item> {
  private count = 0;
  private readonly data: Item[] = [];

  add(item: () => Item): void {
    this.count++;
    if (this.data.length < maxListedClients) this.data.push(item());
  }

  toJson(): { count: number; data: Item[] } {
    return { count: this.count, data: [...this.data] };
  }
}

function isNotified({ notified }: Outcome): boolean {
  return notified.length > 0;
}

function affected(
  { client, available }: ClientEffect,
  notified: readonly Notified[],
): NotificationImpactJson['newlyNotified']['data'][number] {
  const rules = notified.map(({ rule, recipients }) => ({ rule, recipients: [...recipients] }));
  return { clientId: client.id, name: client.name, available, currency: client.currency, rules };
}

/** Clients that are evaluated in one go. */
const evaluatedAtOnce = 200;

/** Evaluates the clients that a change concerns, some at a time, so that other requests are served in between. */
export async function computeImpact(
  q: Queries,
  withinId: string,
  change: PlannedChange,
  now: number,
): Promise<NotificationImpact> {
  const impact = new NotificationImpact();
  for await (const batch of readClientBatches(q, withinId, change.selection, now)) {
    for (const [index, client] of batch.entries()) {
      if (index % evaluatedAtOnce === 0) await setImmediate();
      const after = change.after(client);
      if (after) impact.add(effectOn(client, change.before(client), after, now));
    }
  }
  return impact;
}

/**
 * Refuses a change that would notify many clients, unless the caller has confirmed how many. A change that concerns few
 * clients is not evaluated, so `plan` is only asked for the others.
 *
 * @throws ApiProblem `confirmation_required`
 */
export async function requireConfirmedChange(
  q: Queries,
  withinId: string,
  selection: ClientSelection,
  plan: () => Promise<Omit<PlannedChange, 'selection'>>,
  asked: { readonly confirmNotifications: number | undefined; readonly now: number },
): Promise<void> {
  if (!(await hasMoreClientsThan(q, withinId, selection, maxUnconfirmedNotifications))) return;
  const impact = await computeImpact(q, withinId, { selection, ...(await plan()) }, asked.now);
  requireConfirmation(impact.toJson(asked.now), asked.confirmNotifications);
}
