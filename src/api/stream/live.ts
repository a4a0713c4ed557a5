import type { Logger } from '../../observability/logger.js';
import type { Sql } from '../../storage/system/database.js';
import { createHub, type Hub } from './hub.js';
import { collectLedgerChanges } from './ledger-changes.js';
import { startListener, type Listener } from './listener.js';

/** What keeps open pages up to date, in one API process. */
export interface Live {
  readonly hub: Hub;
  /** Resolves when the listener is connected; the first stream of the process begins it. */
  listen(): Promise<void>;
  /** Publishes clients whose balance this process just moved, to the pages of all API processes. */
  touch(clientIds: readonly string[]): void;
  /** While a stream is open, reports every change of the system's health. */
  watchSystem(word: () => Promise<string>): void;
  stop(): Promise<void>;
}

const systemEveryMs = 5000;

export function createLive(sql: Sql, logger: Logger): Live {
  const hub = createHub(sql, logger);
  const ledgerChanges = collectLedgerChanges(sql, logger);
  let listener: Promise<Listener> | null = null;
  let system: NodeJS.Timeout | null = null;
  let lastState: string | null = null;

  async function announceStateChange(word: () => Promise<string>): Promise<void> {
    const now = await word();
    if (lastState !== null && now !== lastState) {
      hub.take([{ type: 'system.changed', id: null, clientId: null, resellerId: null }]);
    }
    lastState = now;
  }

  /** What was missed may have been the end of a right. */
  function afterGap(): void {
    hub.recheck(Date.now()).catch((error: unknown) => {
      logger.warn({ err: error }, 'the rights of open streams could not be checked: all are ended');
      hub.endAll();
    });
    hub.resetAll();
  }

  return {
    hub,
    async listen() {
      listener ??= startListener(sql, logger, {
        onChanges: (changes) => hub.take(changes),
        onAccess: (change) => hub.endFor(change),
        onGap: afterGap,
      });
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
          announceStateChange(word).catch((error: unknown) =>
            logger.warn({ err: error }, 'health summary not created'),
          );
        } else if (system !== null) {
          clearInterval(system);
          system = null;
          lastState = null;
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
