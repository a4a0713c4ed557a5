import { ConfigError, type Config } from '../../config.js';
import { runningSettings } from '../running-settings.js';
import { checkDatabase } from './check-database.js';
import { checkBounces, checkMail } from './check-mail.js';
import { checkBalances, checkNode } from './check-rest.js';
import { checkTemporal } from './check-temporal.js';
import { fail, ok, type Finding } from './finding.js';

/** Examines everything that Lowwater depends on. Changes nothing and sends nothing. */
export async function runDiagnostics(dataDir: string): Promise<Finding[]> {
  const findings = [checkNode()];
  let config: Config;
  try {
    config = runningSettings(dataDir, []);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return [...findings, fail('Settings', error.message, 'Correct the named settings.')];
  }
  const [database, temporal, mail, bounces, balances] = await Promise.all([
    checkDatabase(config.DATABASE_URL),
    checkTemporal(config),
    checkMail(config),
    checkBounces(config),
    checkBalances(config),
  ]);
  return [...findings, ok('Settings', 'valid'), ...database, ...temporal, mail, ...bounces, balances];
}
