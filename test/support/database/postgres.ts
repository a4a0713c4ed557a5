import { createHash, randomUUID } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import postgres from 'postgres';
import { openDatabase } from '../../../src/storage/system/database.js';
import { migrate } from '../../../src/storage/system/migrate.js';

/** A database for one test file alone. */
export type TestDatabase = {
  sql: ReturnType<typeof openDatabase>;
  url: string;
  /** Closes `sql` and removes the database. Ends all other connections to it. */
  drop(): Promise<void>;
};

/** Any number that no other program uses as an advisory lock in this cluster. */
const TEMPLATE_LOCK = 20_061_126;

/**
 * A fresh database with all migrations, cloned from a template that the first caller of the jest run makes.
 *
 * @example
 * let database: TestDatabase;
 * beforeAll(async () => { database = await createTestDatabase(); });
 * afterAll(() => database.drop());
 */
export async function createTestDatabase(): Promise<TestDatabase> {
  const server = serverUrl();
  const template = templateName();
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const admin = postgres(server, { max: 1, onnotice: () => undefined });
  try {
    // The lock also lets only one caller clone: PostgreSQL copies a template only while no connection uses it.
    await admin`select pg_advisory_lock(${TEMPLATE_LOCK})`;
    const found = await admin`select 1 from pg_database where datname = ${template}`;
    if (found.length === 0) await makeTemplate(admin, template);
    await admin`create database ${admin(name)} template ${admin(template)}`;
  } finally {
    await admin.end();
  }
  const url = withDatabase(server, name);
  const sql = openDatabase(url);
  return { sql, url, drop: () => drop(sql, name) };
}

/** An empty database, for tests of the migrations themselves or of a foreign system. */
export async function createEmptyDatabase(): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const admin = postgres(serverUrl(), { max: 1, onnotice: () => undefined });
  await admin`create database ${admin(name)}`;
  await admin.end();
  const url = withDatabase(serverUrl(), name);
  const sql = openDatabase(url);
  return { sql, url, drop: () => drop(sql, name) };
}

async function makeTemplate(admin: postgres.Sql, template: string): Promise<void> {
  const building = `${template}_building`;
  await admin`drop database if exists ${admin(building)} with (force)`;
  await admin`create database ${admin(building)}`;
  const sql = openDatabase(withDatabase(serverUrl(), building), { max: 1 });
  try {
    await migrate(sql);
  } finally {
    await sql.end();
  }
  await admin`alter database ${admin(building)} rename to ${admin(template)}`;
}

async function drop(sql: TestDatabase['sql'], name: string): Promise<void> {
  await sql.end({ timeout: 5 });
  const admin = postgres(serverUrl(), { max: 1, onnotice: () => undefined });
  try {
    await admin`drop database if exists ${admin(name)} with (force)`;
  } finally {
    await admin.end();
  }
}

/** Named after the migrations, so that jest's `--watch` mode uses a changed one. */
function templateName(): string {
  const folder = path.join(__dirname, '../../../src/storage/migrations');
  const hash = createHash('sha256');
  for (const file of readdirSync(folder).sort()) hash.update(file).update(readFileSync(path.join(folder, file)));
  return `template_${hash.digest('hex').slice(0, 16)}`;
}

function serverUrl(): string {
  const url = process.env['LOWWATER_TEST_DATABASE_URL'];
  if (!url) throw new Error('no test database: the jest project lacks globalSetup (jest.config.cjs)');
  return url;
}

function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}
