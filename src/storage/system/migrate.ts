import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Sql, Transaction } from './database.js';

/** A numbered step of the schema. Steps only go forward; a step that was applied is never edited. */
interface Migration {
  readonly version: number;
  readonly name: string;
  readonly text: string;
  readonly checksum: string;
}

interface MigrationReport {
  readonly applied: readonly string[];
  /** schema version afterwards */
  readonly version: number;
}

/** The database is newer than this program, or a step was edited after it was applied. */
export class SchemaError extends Error {
  override readonly name = 'SchemaError';
}

/** Any number, the same for everybody who migrates this schema. */
const lockKey = 7_253_001;

export function readMigrations(folder: string = join(__dirname, '..', 'migrations')): Migration[] {
  return readdirSync(folder)
    .filter((file) => /^\d{6}_[a-z0-9_]+\.sql$/.test(file))
    .sort()
    .map((file) => {
      const text = readFileSync(join(folder, file), 'utf8');
      return {
        version: Number(file.slice(0, 6)),
        name: file.replace(/\.sql$/, ''),
        text,
        checksum: createHash('sha256').update(text).digest('hex'),
      };
    });
}

/**
 * Brings the schema up to date: one transaction a step, under a lock, so that any number of processes may start at
 * once. A step's row is written first, inside its transaction.
 *
 * @throws SchemaError when the schema is newer than this program or an applied step was edited since.
 */
export async function migrate(
  sql: Sql,
  options: { readonly onStep?: (name: string) => void; readonly migrations?: readonly Migration[] } = {},
): Promise<MigrationReport> {
  const migrations = options.migrations ?? readMigrations();
  const applied: string[] = [];
  const connection = await sql.reserve();
  try {
    await connection`select pg_advisory_lock(${lockKey})`;
    await connection`
      create table if not exists schema_migrations (
        version integer primary key, name text not null, checksum text not null, applied_at timestamptz not null default now()
      )`;
    const known = await connection<StepRow[]>`select version, name, checksum from schema_migrations order by version`;
    refuseForeign(known, migrations);
    for (const step of migrations.filter(({ version }) => !known.some((row) => row.version === version))) {
      options.onStep?.(step.name);
      await connection`begin`;
      try {
        await connection`insert into schema_migrations (version, name, checksum) values (${step.version}, ${step.name}, ${step.checksum})`;
        await connection.unsafe(step.text);
        await connection`commit`;
      } catch (error) {
        await connection`rollback`;
        throw error;
      }
      applied.push(step.name);
    }
  } finally {
    await connection`select pg_advisory_unlock(${lockKey})`;
    connection.release();
  }
  return { applied, version: migrations.at(-1)?.version ?? 0 };
}

/** The version of the schema in the database; 0 where there is none. */
export async function schemaVersion(sql: Sql | Transaction): Promise<number> {
  const [table] = await sql<{ found: string | null }[]>`select to_regclass('schema_migrations')::text as found`;
  if (!table?.found) return 0;
  const [row] = await sql<{ version: number | null }[]>`select max(version) as version from schema_migrations`;
  return row?.version ?? 0;
}

/**
 * For services at their start: the schema must be exactly the one they know.
 *
 * @throws SchemaError that says which side is behind and what to run.
 */
export async function requireSchema(sql: Sql): Promise<void> {
  const wanted = readMigrations().at(-1)?.version ?? 0;
  const found = await schemaVersion(sql);
  if (found < wanted)
    throw new SchemaError(
      `The database schema is at version ${found}, this program needs ${wanted}: run "npm run migrate".`,
    );
  if (found > wanted)
    throw new SchemaError(
      `The database schema is at version ${found}, newer than this program (${wanted}): deploy the newer version.`,
    );
}

interface StepRow {
  readonly version: number;
  readonly name: string;
  readonly checksum: string;
}

function refuseForeign(known: readonly StepRow[], migrations: readonly Migration[]): void {
  const newest = migrations.at(-1)?.version ?? 0;
  for (const row of known) {
    const step = migrations.find(({ version }) => version === row.version);
    if (!step && row.version > newest) {
      throw new SchemaError(
        `The database holds step ${row.name}, newer than this program (${newest}): deploy the newer version.`,
      );
    }
    if (step && step.checksum !== row.checksum) {
      throw new SchemaError(
        `Step ${row.name} was edited after it was applied: restore the file, and write a new step instead.`,
      );
    }
  }
}
