import type { Logger } from '../observability/logger.js';
import { exitCodes } from './exit-codes.js';
import { findLauncher, onLauncherExit } from './process/launcher.js';

/** A service that has been started. */
export type Service = {
  stop(): Promise<void>;
  /** Rejects when the service can no longer work; never resolves. */
  failed?: Promise<never>;
};

/** What a child of `lowwater start` sends its parent once it is up. */
export type ReadyMessage = { ready: true; url: string };

/** The loss of the parent, which may come before the service is up; nothing for a process without one. */
const parentLost = new Promise<string>((resolve) => {
  process.once('disconnect', () => resolve('parent process ended'));
});
// Listening for it must not keep a process alive that has done its work.
process.channel?.unref();

/**
 * Keeps a started service up until it is asked to end, then stops it gracefully.
 *
 * The end is asked for by SIGINT, SIGTERM or SIGHUP, or, for a child of `lowwater start`, by the loss of its parent, or
 * by that of npm where npm has started this process. A second signal, or the time limit, ends the process at once.
 *
 * @param stopWithinMs time limit of the graceful end
 * @returns the exit code
 */
export async function serve(service: Service, url: string, logger: Logger, stopWithinMs: number): Promise<number> {
  const ended = new Promise<string>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve(signal));
  });
  // A child of `lowwater start` is stopped by its parent in its turn, also when npm is gone.
  const launcherGone = onLauncherExit(process.channel ? [] : findLauncher()).then(() => 'npm ended');
  tellParent({ ready: true, url });
  const reason = await Promise.race([
    ended,
    parentLost,
    launcherGone,
    service.failed ?? new Promise<never>(() => undefined),
  ]);
  logger.info({ reason }, 'stopping');
  const forced = (): never => process.exit(exitCodes.failure);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, forced);
  const limit = setTimeout(() => {
    logger.error({ stopWithinMs }, 'not stopped in time, exiting');
    forced();
  }, stopWithinMs);
  await service.stop();
  clearTimeout(limit);
  logger.info('stopped');
  return reason === 'SIGINT' ? exitCodes.interrupted : exitCodes.ok;
}

function tellParent(message: ReadyMessage): void {
  if (process.connected) process.send?.(message);
}
