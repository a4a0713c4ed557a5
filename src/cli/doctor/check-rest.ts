import { createBalanceSource } from '../../balances/create.js';
import type { BalanceRequest, BalanceSource } from '../../balances/source.js';
import type { Config } from '../../config.js';
import { withoutPassword } from '../../domain/urls.js';
import { sampleClients } from '../../storage/ledger/sample-clients.js';
import { openDatabase } from '../../storage/system/database.js';
import { fail, ok, reasonOf, warn, within, type Finding } from './finding.js';

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
      return await checkSample(config, source, detail);
    } finally {
      await source.close();
    }
  } catch (error) {
    return fail(
      'Balance source',
      `${detail}: ${reasonOf(error)}`,
      'Check the BALANCE_ settings (docs/operations.md). Until then, balances are unknown and no notifications are sent.',
    );
  }
}

/** So many clients show whether the source answers in the right form. */
const sampleSize = 20;

/** Asks for the balances of some clients: an empty answer has no amounts that could be wrong. */
async function checkSample(config: Config, source: BalanceSource, detail: string): Promise<Finding> {
  const clients = await readSample(config.DATABASE_URL);
  if (clients.length === 0) return ok('Balance source', `${detail}; no clients to ask for`);
  const read = await within(config.BALANCE_TIMEOUT_MS + 5_000, source.read(clients, Date.now()));
  const unknown = clients.flatMap(({ id }) => {
    const entry = read.get(id);
    return entry && 'unknown' in entry ? [{ id, reason: entry.unknown }] : [];
  });
  const [first] = unknown;
  const known = `${detail}; ${clients.length - unknown.length} of ${clients.length} sampled clients have a balance`;
  if (!first) return ok('Balance source', known);
  const finding = unknown.length === clients.length ? fail : warn;
  return finding(
    'Balance source',
    `${known}; client ${first.id}: ${first.reason}`,
    'Correct what the source answers (docs/operations.md, "Balance sources"). Until then, these balances are unknown.',
  );
}

/** None while the database is not usable, which is a separate finding. */
async function readSample(url: string | undefined): Promise<readonly BalanceRequest[]> {
  if (url === undefined) return [];
  const sql = openDatabase(url, { role: 'service', max: 1, applicationName: 'lowwater-doctor' });
  try {
    return await within(10_000, sampleClients(sql, sampleSize));
  } catch {
    return [];
  } finally {
    await sql.end({ timeout: 1 });
  }
}

/** The Node that runs this. */
export function checkNode(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return ok('Node', process.version);
  return fail('Node', process.version, 'Install Node 20.19 or later.');
}
