import { databaseRoles, sqlStateOf, type Queries } from './database.js';
import { SchemaError } from './schema-error.js';

/**
 * Creates the roles that are missing and makes the current user a member of all, so that it can work as them. Roles
 * belong to the whole server: others may create them at the same time.
 *
 * @throws SchemaError with the statements for a superuser, where the current user may not do this
 */
export async function ensureRoles(q: Queries): Promise<void> {
  for (const role of Object.values(databaseRoles)) {
    await tolerating(['42710', '23505'], role, q, async () => {
      const found = await q`select 1 from pg_roles where rolname = ${role}`;
      if (found.length === 0) await q`create role ${q(role)} nologin`;
    });
    // Another process that grants at this moment makes the server report "tuple concurrently updated" (XX000).
    for (let attempt = 1; attempt <= 5 && !(await isMember(q, role)); attempt++) {
      await tolerating(['XX000', '23505'], role, q, () => q`grant ${q(role)} to current_user`);
    }
    if (!(await isMember(q, role))) throw await roleError(q, role);
  }
}

async function tolerating(
  states: readonly string[],
  role: string,
  q: Queries,
  work: () => PromiseLike<unknown>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    const state = sqlStateOf(error);
    if (state === '42501') throw await roleError(q, role);
    if (state === null || !states.includes(state)) throw error;
  }
}

/** Whether the current user has the rights of the role, and may work as it; PostgreSQL 16 distinguishes the two. */
async function isMember(q: Queries, role: string): Promise<boolean> {
  const [row] = await q<{ member: boolean }[]>`
    select pg_has_role(current_user, ${role}, 'usage') and pg_has_role(current_user, ${role},
      case when current_setting('server_version_num')::int >= 160000 then 'set' else 'member' end) as member`;
  return row?.member ?? false;
}

async function roleError(q: Queries, role: string): Promise<SchemaError> {
  const [row] = await q<{ name: string }[]>`select quote_ident(current_user) as name`;
  const user = row?.name ?? 'current_user';
  return new SchemaError(
    `The database user ${user} is not allowed to create the role ${role} and become its member. Run as a ` +
      `superuser, for each of ${Object.values(databaseRoles).join(' and ')} that is missing: "create role ${role} ` +
      `nologin; grant ${role} to ${user};". Then run "npm run migrate" again.`,
  );
}

/** What refuses a connection whose role is missing, or not its user's, as an error that says what to run. */
export function toRoleError(error: unknown): unknown {
  const state = sqlStateOf(error);
  if (state !== '22023' && state !== '42501' && state !== '42704') return error;
  return new SchemaError(
    `The database user can't work in the roles of Lowwater (${(error as Error).message}): run "npm run migrate" as the ` +
      `owner of the database, and grant ${Object.values(databaseRoles).join(' and ')} to the user of DATABASE_URL.`,
    { cause: error },
  );
}
