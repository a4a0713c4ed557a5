import { openDatabase, type Sql } from '../../storage/system/database.js';
import { serverTime, serverVersion } from '../../storage/system/database-server.js';
import { withoutPassword } from '../../domain/urls.js';
import { compareSchema } from '../../storage/system/migrate.js';
import { SchemaError } from '../../storage/system/schema-error.js';
import { fail, ok, reasonOf, warn, within, type Finding } from './finding.js';

/** The oldest PostgreSQL that has all that is used. */
const OLDEST_POSTGRES = 14;

/** A check is due at an instant of the worker's clock, on balances that the database's clock dates. */
const CLOCK_WARN_MS = 1_000;
const CLOCK_FAIL_MS = 30_000;

/** PostgreSQL: reachable, recent enough, its schema the one this program knows, its clock like ours. */
export async function checkDatabase(url: string | undefined): Promise<Finding[]> {
  if (url === undefined) {
    return [
      fail('PostgreSQL', 'DATABASE_URL is not set', 'Set DATABASE_URL, or run "npm start", which includes PostgreSQL.'),
    ];
  }
  const sql = openDatabase(url, { max: 1, applicationName: 'lowwater-doctor' });
  try {
    const server = await within(10_000, checkServer(sql, withoutPassword(url)));
    return [server, await checkSchema(sql), await checkClock(sql)];
  } catch (error) {
    return [
      fail(
        'PostgreSQL',
        `${withoutPassword(url)}: ${reasonOf(error)}`,
        'Check DATABASE_URL, and that the server is running.',
      ),
    ];
  } finally {
    await sql.end({ timeout: 1 });
  }
}

async function checkServer(sql: Sql, where: string): Promise<Finding> {
  const server = await serverVersion(sql);
  const detail = `${where} (${server?.version ?? 'unknown version'})`;
  if (Number(server?.number ?? 0) >= OLDEST_POSTGRES * 10_000) return ok('PostgreSQL', detail);
  return fail('PostgreSQL', detail, `Use PostgreSQL ${OLDEST_POSTGRES} or later.`);
}

async function checkSchema(sql: Sql): Promise<Finding> {
  try {
    const { found, wanted } = await compareSchema(sql);
    if (found === wanted) return ok('Schema', `version ${found}`);
    return fail('Schema', `version ${found}, this version of Lowwater needs ${wanted}`, 'Run: npm run migrate');
  } catch (error) {
    if (!(error instanceof SchemaError)) throw error;
    return fail('Schema', 'not the one of this program', error.message);
  }
}

async function checkClock(sql: Sql): Promise<Finding> {
  const before = Date.now();
  const now = await serverTime(sql);
  const after = Date.now();
  if (!now) return fail('Clock', 'the database returned no time', 'Run the doctor again.');
  // Anything between the two readings of ours is too small a difference to measure.
  const offsetMs = Math.max(before - now.getTime(), now.getTime() - after, 0);
  const detail = `database and this machine differ by ${offsetMs} ms`;
  const remedy = 'Synchronize both with NTP. Checks and credit steps follow these clocks.';
  if (offsetMs >= CLOCK_FAIL_MS) return fail('Clock', detail, remedy);
  return offsetMs >= CLOCK_WARN_MS ? warn('Clock', detail, remedy) : ok('Clock', detail);
}
