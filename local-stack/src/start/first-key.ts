import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { commandLine } from '../../../src/cli/requester.js';
import { createApiKey } from '../../../src/services/access/create-api-key.js';
import { authenticateKey } from '../../../src/storage/access/api-keys.js';
import { ensureOperator } from '../../../src/storage/resellers/operator.js';
import type { Sql } from '../../../src/storage/system/database.js';
import { loadOrCreateSecret } from './kept-secret.js';

/**
 * The operator's first API key, with every scope. It is made at the first start, kept in the data folder, readable by
 * its owner alone, and made again when the database does not know it (any more).
 *
 * @param operatorName of the operator, where there is none yet
 */
export async function firstKey(
  sql: Sql,
  dataDir: string,
  operatorName: string,
): Promise<{ key: string; made: boolean }> {
  const operator = await ensureOperator(sql, operatorName);
  const file = path.join(dataDir, 'api-key');
  const kept = loadOrCreateSecret(file, () => '');
  if (kept !== '' && 'row' in (await authenticateKey(sql, kept, Date.now()))) return { key: kept, made: false };
  const { key } = await createApiKey(commandLine(sql, operator.id), {
    resellerId: operator.id,
    name: 'first key (lowwater start)',
    scopes: ['*'],
  });
  writeFileSync(file, `${key}\n`, { mode: 0o600 });
  return { key, made: true };
}
