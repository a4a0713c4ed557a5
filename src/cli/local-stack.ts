import type { StartOptions } from '../../local-stack/src/start/run-start.js';
import type { startTemporalEngine as StartTemporalEngine } from '../../local-stack/src/simulate/temporal-engine.js';
import { CommandError, exitCodes } from './exit-codes.js';

export type { StartOptions };

/**
 * The only door from the service to local-stack. It opens when a command asks for it: the image runs one process per
 * container and has no local stack.
 */

/** Runs everything on this machine until it is stopped; returns the exit code. */
export async function runLocalStack(options: StartOptions): Promise<number> {
  const { runStart } = await orExplain(() => import('../../local-stack/src/start/run-start.js'));
  return runStart(options);
}

/** Starts the engine that plays scenarios on a real monitor, PostgreSQL, and Temporal's test server. */
export async function startTemporalEngine(
  ...args: Parameters<typeof StartTemporalEngine>
): ReturnType<typeof StartTemporalEngine> {
  const engine = await orExplain(() => import('../../local-stack/src/simulate/temporal-engine.js'));
  return engine.startTemporalEngine(...args);
}

/** @throws CommandError (usage) where local-stack is not installed */
async function orExplain<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    const isMissing = code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND';
    if (!isMissing) throw error;
    throw new CommandError(
      exitCodes.usage,
      'This installation has no local stack, as the container image has none.\n' +
        '  What to do: run this command in a clone of the repository.',
      { cause: error },
    );
  }
}
