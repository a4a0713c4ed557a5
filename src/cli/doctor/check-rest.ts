import { createBalanceSource } from '../../balances/create.js';
import type { Config } from '../../config.js';
import { withoutPassword } from '../../domain/urls.js';
import { fail, ok, reasonOf, within, type Finding } from './finding.js';

/** Where balances are read: it answers, and in the right form. */
export async function checkBalances(config: Config): Promise<Finding> {
  if (config.BALANCE_SOURCE === 'ledger') return ok('Balance source', "Lowwater's ledger");
  const where = config.BALANCE_SOURCE === 'sql' ? config.BALANCE_SQL_URL : config.BALANCE_HTTP_URL;
  const detail = `${config.BALANCE_SOURCE}, ${withoutPassword(where ?? '')}`;
  try {
    const source = createBalanceSource(config);
    if (!source) return ok('Balance source', detail);
    try {
      await within(config.BALANCE_TIMEOUT_MS + 5_000, source.check());
    } finally {
      await source.close();
    }
    return ok('Balance source', detail);
  } catch (error) {
    return fail(
      'Balance source',
      `${detail}: ${reasonOf(error)}`,
      'Check the BALANCE_ settings (docs/operations.md). Until then, balances are unknown and no notifications are sent.',
    );
  }
}

/** The Node that runs this. */
export function checkNode(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return ok('Node', process.version);
  return fail('Node', process.version, 'Install Node 20.19 or later.');
}
