import { setImmediate } from 'node:timers/promises';
import { effectOn, type ReadyProfile } from '../../domain/profiles/effect.js';
import { maxUnconfirmedNotifications, NotificationImpact } from '../../domain/profiles/notification-impact.js';
import type { ProfileClient } from '../../domain/profiles/profile-client.js';
import {
  clientBatchSize,
  hasMoreClientsThan,
  readClientBatch,
  type ClientSelection,
} from '../../storage/profiles/profile-clients.js';
import type { Scope } from '../../storage/system/scope.js';
import type { Requester } from '../change.js';

/** Which clients a change concerns, and under which profile each is evaluated. */
export interface PlannedChange {
  readonly selection: ClientSelection;
  /** null: the client has no profile */
  readonly before: (client: ProfileClient) => ReadyProfile | null;
  /** null: the change no longer concerns the client */
  readonly after: (client: ProfileClient) => ReadyProfile | null;
  /** the client after the change, which then concerns it without a profile too; absent: the same */
  readonly changed?: (client: ProfileClient) => ProfileClient;
}

/** Called with what a change would do; throws where the requester has to confirm it and has not. */
export type ConfirmImpact = (impact: NotificationImpact) => void;

/** Clients that are evaluated in one go. */
const evaluatedAtOnce = 200;

/**
 * Evaluates the clients that a change concerns, some at a time, so that other requests are served in between. No
 * transaction stays open, and only one batch of clients is in memory.
 */
export async function computeImpact(scope: Scope, change: PlannedChange, now: number): Promise<NotificationImpact> {
  const impact = new NotificationImpact();
  for await (const batch of clientBatches(scope, change.selection, now)) {
    for (const [index, client] of batch.entries()) {
      if (index % evaluatedAtOnce === 0) await setImmediate();
      const changed = change.changed?.(client);
      const after = change.after(changed ?? client);
      if (after || changed) impact.add(effectOn(client, change.before(client), after, now, changed));
    }
  }
  return impact;
}

async function* clientBatches(
  scope: Scope,
  selection: ClientSelection,
  atMs: number,
): AsyncGenerator<readonly ProfileClient[]> {
  let afterId = '0';
  for (;;) {
    const batch = await scope.read((q) => readClientBatch(q, scope.resellerId, selection, atMs, afterId));
    if (batch.length > 0) yield batch;
    const last = batch.at(-1);
    if (!last || batch.length < clientBatchSize) return;
    afterId = last.id;
  }
}

/**
 * Lets the requester confirm a change that concerns many clients. A change that concerns few is not evaluated, so
 * `plan` is only called for the others. Call it before the transaction of the change: evaluating many clients takes
 * longer than a lock should be held.
 */
export async function confirmImpact(
  { scope, now }: Requester,
  selection: ClientSelection,
  plan: () => Promise<Omit<PlannedChange, 'selection'>>,
  confirm: ConfirmImpact,
): Promise<void> {
  const isLarge = await scope.read((q) =>
    hasMoreClientsThan(q, scope.resellerId, selection, maxUnconfirmedNotifications),
  );
  if (isLarge) confirm(await computeImpact(scope, { selection, ...(await plan()) }, now));
}
