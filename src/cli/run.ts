import { ConfigError } from '../config.js';
import { StartError, messageOf } from './process/start-error.js';
import { SchemaError } from '../storage/system/schema-error.js';
import { connectionError } from './connection-error.js';
import { CommandError, exitCodes } from './exit-codes.js';
import { colorize, printStatus } from './terminal.js';

/**
 * Runs the action of a command: its exit code, or that of the fault that it throws, becomes the process's. Faults that a
 * person can put right show their message alone, any other its stack too.
 */
export async function runCommand(action: () => Promise<number | void>): Promise<void> {
  try {
    process.exitCode = (await action()) ?? exitCodes.ok;
  } catch (error) {
    const expected =
      error instanceof CommandError ||
      error instanceof StartError ||
      error instanceof ConfigError ||
      error instanceof SchemaError;
    const unreachable = expected ? null : connectionError(error);
    printStatus(`${colorize('red', 'Failed:')} ${unreachable ?? messageOf(error)}`);
    if (!expected && unreachable === null && error instanceof Error && error.stack)
      printStatus(colorize('dim', error.stack));
    process.exitCode =
      error instanceof CommandError
        ? error.exitCode
        : error instanceof ConfigError
          ? exitCodes.usage
          : exitCodes.failure;
  }
}
