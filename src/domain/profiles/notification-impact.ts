import type { ClientEffect, Notified, Outcome } from './effect.js';

/** A change that would notify more clients than this has to be confirmed. */
export const maxUnconfirmedNotifications = 100;

/** How many clients of each group an impact lists. */
export const maxListedClients = 50;

interface AffectedClient {
  readonly clientId: string;
  readonly name: string;
  /** null: unknown, or unlimited */
  readonly available: string | null;
  readonly currency: string;
  readonly rules: readonly Notified[];
}

interface UnreachableClient {
  readonly clientId: string;
  readonly name: string;
  readonly rules: readonly string[];
}

/** Adds up what a change would do, client by client: only the clients that are listed stay in memory. */
export class NotificationImpact {
  clients = 0;
  readonly notified = { before: 0, after: 0 };
  readonly low = { before: 0, after: 0 };
  readonly newlyNotified = new ClientGroup<AffectedClient>();
  readonly noLongerNotified = new ClientGroup<AffectedClient>();
  readonly unreachable = new ClientGroup<UnreachableClient>();
  readonly undecided = { paused: 0, balanceUnknown: 0, unlimited: 0, noRate: 0 };
  /** clients by their currency */
  readonly currencies = new Map<string, number>();

  add(effect: ClientEffect): void {
    const { client, before, after, withoutRecipients } = effect;
    this.clients++;
    this.currencies.set(client.currency, (this.currencies.get(client.currency) ?? 0) + 1);
    if (isNotified(before)) this.notified.before++;
    if (isNotified(after)) this.notified.after++;
    if (before.isLow) this.low.before++;
    if (after.isLow) this.low.after++;
    if (isNotified(after) && !isNotified(before)) this.newlyNotified.add(() => affected(effect, after.notified));
    if (isNotified(before) && !isNotified(after)) this.noLongerNotified.add(() => affected(effect, before.notified));
    if (withoutRecipients.all)
      this.unreachable.add(() => ({ clientId: client.id, name: client.name, rules: withoutRecipients.rules }));
    const reasons = new Set(after.verdicts.map(({ reason }) => reason));
    if (reasons.has('paused')) this.undecided.paused++;
    if (reasons.has('balance_unknown')) this.undecided.balanceUnknown++;
    if (reasons.has('unlimited')) this.undecided.unlimited++;
    if (reasons.has('no_rate')) this.undecided.noRate++;
  }
}

/** How many there are, and the first of them. */
class ClientGroup<Client> {
  private total = 0;
  private readonly listed: Client[] = [];

  add(client: () => Client): void {
    this.total++;
    if (this.listed.length < maxListedClients) this.listed.push(client());
  }

  get count(): number {
    return this.total;
  }

  get data(): readonly Client[] {
    return this.listed;
  }
}

function isNotified({ notified }: Outcome): boolean {
  return notified.length > 0;
}

function affected({ client, available }: ClientEffect, rules: readonly Notified[]): AffectedClient {
  return { clientId: client.id, name: client.name, available, currency: client.currency, rules };
}
