import type { PastClient } from './past-client.js';
import type { World } from './world.js';

/** Something that happened at an instant of the past. */
export type PastMoment = { readonly at: number; readonly run: (past: Past) => Promise<void> };

/** The clients that exist by now. */
class Past {
  private readonly clients = new Map<string, PastClient>();

  add(client: PastClient): void {
    this.clients.set(client.plan.name, client);
  }

  get(name: string): PastClient {
    const client = this.clients.get(name);
    if (!client) throw new Error(`${name} does not exist yet`);
    return client;
  }

  all(): Iterable<PastClient> {
    return this.clients.values();
  }
}

/**
 * Lets everything happen in its order, what users and networks did and what the monitors do in between: lists go by
 * ids, and these grow with time.
 */
export async function replay(world: World, moments: readonly PastMoment[]): Promise<void> {
  const { to } = world.period;
  const past = new Past();
  for (const moment of moments.filter(({ at }) => at <= to).sort((a, b) => a.at - b.at)) {
    await wakeUntil(past, moment.at);
    await moment.run(past);
  }
  await wakeUntil(past, to);
  await world.flush(to);
  for (const client of past.all()) await client.finish(to);
}

/** Wakes the monitors that are due before an instant, the earliest first. */
async function wakeUntil(past: Past, until: number): Promise<void> {
  for (;;) {
    let next: PastClient | null = null;
    for (const client of past.all()) {
      if (client.nextAt <= until && (next === null || client.nextAt < next.nextAt)) next = client;
    }
    if (!next) return;
    await next.wake(next.nextAt);
  }
}
