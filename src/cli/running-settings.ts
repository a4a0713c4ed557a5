import { loadConfig, type Config } from '../config.js';
import { CommandError, exitCodes } from './exit-codes.js';
import { readInstance } from './running-instance.js';

/** Settings without which a command has nothing to work on. */
type Needed = 'DATABASE_URL' | 'TEMPORAL_ADDRESS' | 'SMTP_URL';

/**
 * The settings of the environment; those that are not set come from the `lowwater start` that runs in the data folder,
 * if one does.
 *
 * @throws CommandError naming the needed settings that neither has
 */
export function runningSettings(dataDir: string, needed: readonly Needed[]): Config {
  const config = loadConfig(undefined, readInstance(dataDir)?.settings);
  const missing = needed.filter((name) => config[name] === undefined);
  if (missing.length > 0) {
    throw new CommandError(
      exitCodes.usage,
      `${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} not set, and no Lowwater runs in ${dataDir}.\n` +
        `  What to do: set ${missing.length === 1 ? 'it' : 'them'} (docs/operations.md, "Settings"), or run "npm start".`,
    );
  }
  return config;
}

/** A setting that runningSettings was asked to insist on. */
export function requireSetting(config: Config, name: Needed): string {
  const value = config[name];
  if (value === undefined) throw new CommandError(exitCodes.usage, `${name} is not set.`);
  return value;
}
