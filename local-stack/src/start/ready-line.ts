import type { Login } from './first-login.js';

/**
 * Where everything is, as `lowwater start --json` prints it in one line on stdout. A part that is not Lowwater's own
 * (DATABASE_URL, TEMPORAL_ADDRESS or SMTP_URL is set) is given without its password, and has no page: null.
 */
export type ReadyLine = {
  /** http://host:port of the API and the web page */
  api: string;
  /** the API's documentation */
  docs: string;
  /** page that shows the emails; the link carries the start token, which the browser keeps as a cookie */
  mailbox: string | null;
  /**
   * The same emails as JSON, to programs that send `Authorization: Bearer <mailboxToken>`:
   * `[{id, to, from, subject, date, messageId, text, html}]`
   */
  mailboxApi: string | null;
  mailboxToken: string | null;
  smtp: string;
  /** host:port of the Temporal frontend */
  temporal: string;
  temporalUi: string | null;
  /** postgres://...; with the password where it is the embedded one */
  database: string;
  /** a key with every scope of the operator */
  apiKey: string;
  /** of the web page; the password is null where it was changed, all is null where logins were made by others */
  login: Login | null;
};
