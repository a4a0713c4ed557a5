import { databaseRoles } from '../../../src/storage/system/database.js';
import {
  owner,
  reseller,
  service,
  tables,
  ownerOf,
  useRowSecurity,
  type Row,
} from '../../support/access/row-security.js';

useRowSecurity();

describe('every table', () => {
  test('that has a reseller or a client, or belongs to such a row, has forced row security and policies', async () => {
    const rows = await owner<{ name: string; missing: string }[]>`
      with recursive scoped (oid) as (
        select c.oid from pg_class c
        where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and (
          c.relname = 'resellers' or exists (
            select 1 from pg_attribute x
            where x.attrelid = c.oid and x.attname in ('reseller_id', 'client_id') and not x.attisdropped))
        union
        select f.conrelid from scoped s join pg_constraint f on f.confrelid = s.oid and f.contype = 'f'
      )
      select c.relname as name, concat_ws(', ',
        case when not (c.relrowsecurity and c.relforcerowsecurity) then 'forced row security' end,
        (select string_agg('a policy for ' || r.rolname, ', ') from pg_roles r
          where r.rolname = any (${Object.values(databaseRoles)})
            and not exists (select 1 from pg_policy p where p.polrelid = c.oid and r.oid = any (p.polroles)))) as missing
      from scoped join pg_class c using (oid)`;
    expect(rows.filter(({ missing }) => missing !== '')).toEqual([]);
    expect(rows.map(({ name }) => name).sort()).toEqual(tables);
  });

  test('has rows in these tests, so that none passes for being empty', async () => {
    for (const table of tables) {
      const rows = await owner<Row[]>`select * from ${owner(table)}`;
      expect([table, [...new Set(rows.map(ownerOf))].sort().join()]).toEqual([table, '1,2,3']);
    }
  });

  test('shows the service all rows, under no condition that could change a plan', async () => {
    for (const table of tables) {
      const [seen] = await service`select count(*) from ${service(table)}`;
      expect([table, seen]).toEqual([table, (await owner`select count(*) from ${owner(table)}`)[0]]);
    }
    expect(
      await owner`select tablename from pg_policies where policyname = 'service' and (qual <> 'true' or with_check <> 'true')`,
    ).toEqual([]);
  });

  test('belongs to neither role, and neither may log in, create, rewrite the ledger, or rewrite the audit log', async () => {
    const roles = Object.values(databaseRoles);
    expect(
      await owner`
        select rolname from pg_roles
        where rolname = any (${roles}) and (rolcanlogin or rolsuper or rolbypassrls or rolcreaterole or rolcreatedb)`,
    ).toEqual([]);
    expect(await owner`select relname from pg_class where relowner::regrole::text = any (${roles})`).toEqual([]);
    for (const sql of [service, reseller]) {
      await expect(sql`create table mine ()`).rejects.toThrow('permission denied');
      await expect(sql`update ledger_entries set amount = 1`).rejects.toThrow('permission denied');
      await expect(sql`delete from audit`).rejects.toThrow('permission denied');
    }
  });
});
