import { createAccountLink } from '../../../src/storage/access/account-links.js';
import type { Sql } from '../../../src/storage/system/database.js';

/** Kind and recipient of the emails about the panel of a client, in their order. */
export async function enqueuedLinks(sql: Sql, clientId: string): Promise<string[]> {
  const rows = await sql<{ kind: string; recipient: string }[]>`
    select kind, recipient from account_emails where client_id = ${clientId} order by id`;
  return rows.map(({ kind, recipient }) => `${kind} ${recipient}`);
}

/** Gives the newest email that waits, to the address where one is named, its link as the worker does; '' where none waits. */
export async function linkToken(sql: Sql, clientId: string, recipient: string | null = null): Promise<string> {
  const [email] = await sql<{ id: string; attempts: number }[]>`
    select id, attempts from account_emails
    where client_id = ${clientId} and revoked_at is null and used_at is null and kind <> 'panel_password_changed'
      and (${recipient}::text is null or recipient = ${recipient})
    order by id desc limit 1`;
  return email ? createAccountLink(sql, email, new Date(Date.now() + 3_600_000)) : '';
}
