import type { Logger } from '../../observability/logger.js';
import type { Sql } from '../../storage/system/database.js';
import { createHub, type Hub } from './hub.js';
import { collectLedgerChanges } from './ledger-changes.js';
import { startListener, type Listener } from './listener.js';

/** What keeps open pages up to date, in one API process. */
export interface Live {
  readonly hub: Hub;
  /** Resolves when changes are heard; the first stream of the process begins it. */
  listen(): Promise<void>;
  /** Publishes clients whose balance this process just moved, to the pages of all API processes. */
  touch(clientIds: readonly string[]): void;
  /** While a stream is open, tells of every change of what `word` says of the system. */
  watchSystem(word: () => Promise<string>): void;
  stop(): Promise<void>;
}

const systemEveryMs = 5000;

export function createLive(sql: Sql, logger: Logger): Live {
  const hub = createHub(sql, logger);
  const ledgerChanges = collectLedgerChanges(sql, logger);
  let listener: Promise<Listener> | null = null;
  let system: NodeJS.Timeout | null = null;
  let lastWord: string | null = null;

  async function look(word: () => Promise<string>): Promise<void> {
    const now = await word();
    if (lastWord !== null && now !== lastWord) {
      hub.take([{ type: 'system.changed', id: null, clientId: null, resellerId: null }]);
    }
    lastWord = now;
  }

  return {
    hub,
    async listen() {
      listener ??= startListener(sql, logger, { onChanges: (changes) => hub.take(changes), onGap: hub.resetAll });
      try {
        await listener;
      } catch (error) {
        listener = null;
        throw error;
      }
    },
    touch: (clientIds) => ledgerChanges.add(clientIds),
    watchSystem(word) {
      if (system !== null) return;
      const tick = (): void => {
        if (hub.size > 0) {
          look(word).catch((error: unknown) => logger.warn({ err: error }, 'the health summary could not be made'));
        } else if (system !== null) {
          clearInterval(system);
          system = null;
          lastWord = null;
        }
      };
      system = setInterval(tick, systemEveryMs);
    },
    async stop() {
      if (system !== null) clearInterval(system);
      hub.stop();
      await ledgerChanges.stop();
      await listener?.then((it) => it.stop()).catch(() => undefined);
    },
  };
}
