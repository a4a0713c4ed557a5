import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureRoles, toRoleError } from './database-roles.js';
import type { Queries, Sql } from './database.js';
import { SchemaError } from './schema-error.js';

/**
 * A numbered step of the schema. Until the first release the steps are a baseline, one file for each area, edited in
 * place; from then on they only go forward, and an applied step is never edited.
 */
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

/** Any number, the same for all processes that migrate this schema. */
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
 * once. A step's row is written first, inside its transaction. The user of `sql` becomes the owner, and a member of the
 * roles as which the service works.
 *
 * @throws SchemaError when the schema is newer than this program, or was made with another baseline.
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
    const known = await readSteps(connection);
    refuseOther(known, migrations);
    await ensureRoles(connection);
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

/** The version of the schema in the database, 0 where there is none, and the one that this program needs. */
export async function compareSchema(sql: Sql): Promise<{ readonly found: number; readonly wanted: number }> {
  const migrations = readMigrations();
  const [table] = await sql<{ found: string | null }[]>`select to_regclass('schema_migrations')::text as found`;
  const known = table?.found ? await readSteps(sql) : [];
  refuseOther(known, migrations);
  return { found: known.at(-1)?.version ?? 0, wanted: migrations.at(-1)?.version ?? 0 };
}

/**
 * For services at their start: the schema must be exactly the one they know, and their role must exist.
 *
 * @throws SchemaError that says which side is behind and what to run.
 */
export async function requireSchema(sql: Sql): Promise<void> {
  const { found, wanted } = await compareSchema(sql).catch((error: unknown) => {
    throw toRoleError(error);
  });
  if (found < wanted) {
    throw new SchemaError(
      `The database schema is at version ${found}, this program needs ${wanted}: run "npm run migrate".`,
    );
  }
}

interface StepRow {
  readonly version: number;
  readonly name: string;
  readonly checksum: string;
}

async function readSteps(q: Queries): Promise<StepRow[]> {
  return q<StepRow[]>`select version, name, checksum from schema_migrations order by version`;
}

function refuseOther(known: readonly StepRow[], migrations: readonly Migration[]): void {
  const newest = migrations.at(-1);
  const later = known.find(({ version }) => version > (newest?.version ?? 0));
  // First, because an old baseline may have more steps than this one, and none of them is of a newer program.
  for (const { version, name, checksum } of known) {
    const step = migrations.find((one) => one.version === version);
    if (step && step.checksum !== checksum) throw new SchemaError(otherBaseline(name, step.name));
  }
  if (later) {
    throw new SchemaError(
      `The database has step ${later.name}, newer than this program (${newest?.version ?? 0}): deploy the newer version.`,
    );
  }
}

function otherBaseline(found: string, wanted: string): string {
  const difference =
    found === wanted
      ? `step ${found} was edited after it was applied`
      : `it has ${found} where this program has ${wanted}`;
  return (
    `The database was made with another baseline of the schema: ${difference}. It can't be migrated; recreate it, which ` +
    'deletes its data. With "npm start": run "npm start -- --reset". With a PostgreSQL server of your own: drop and create ' +
    'the database (dropdb, createdb), use a new Temporal namespace, then run "npm run migrate".'
  );
}
