import { emailAccounts } from '../../../src/activities/access/account-emails.js';
import { nullLogger } from '../../../src/observability/logger.js';
import type { Sql } from '../../../src/storage/system/database.js';
import { fakeMail, type FakeMail, type TakenMail } from './fake-mail.js';

export const publicUrl = 'https://lowwater.example/';

/** The worker's part in emails about accounts, done when a test says so. */
export interface AccountMail {
  readonly mail: FakeMail;
  /** Sends what waits. */
  send(): Promise<number>;
  /** Sends what waits, and returns what has arrived at this address since the last call. */
  arrivedAt(address: string): Promise<readonly TakenMail[]>;
  /** The token in the only email that has arrived there since. */
  tokenTo(address: string): Promise<string>;
}

export function accountMail(sql: Sql): AccountMail {
  const mail = fakeMail();
  const settings = { mailDomain: 'lowwater.test', publicUrl };
  const send = (): Promise<number> => emailAccounts({ sql, mail, logger: nullLogger, settings });
  let seen = 0;
  const arrivedAt = async (address: string): Promise<readonly TakenMail[]> => {
    await send();
    const arrived = mail.taken.slice(seen).filter(({ to }) => to.includes(address));
    seen = mail.taken.length;
    return arrived;
  };
  return {
    mail,
    send,
    arrivedAt,
    async tokenTo(address) {
      const [email, ...more] = await arrivedAt(address);
      const [, token] = /https:\/\/lowwater\.example\/set-password#([\w-]{43})\s/.exec(email?.text ?? '') ?? [];
      if (token === undefined || more.length > 0) throw new Error(`no link, or several, to ${address}: ${email?.text}`);
      return token;
    },
  };
}
