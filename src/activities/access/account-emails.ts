import { accountLinkOf, isAccountLinkKind, linkLifetimeMs } from '../../domain/access/account-links.js';
import { hourMs } from '../../domain/durations.js';
import { renderMail } from '../../mail/render.js';
import type { MailTransport } from '../../mail/smtp/transport.js';
import type { MailVariables } from '../../mail/variables.js';
import type { Logger } from '../../observability/logger.js';
import {
  claimAccountEmail,
  endAccountEmail,
  postponeAccountEmail,
  type AccountEmail,
} from '../../storage/access/account-emails.js';
import { digestVariables } from '../digests/digest-variables.js';
import { createAccountLink } from '../../storage/access/account-links.js';
import type { Sql } from '../../storage/system/database.js';

/** What an email about an account needs of the world. */
interface AccountEmailParts {
  readonly sql: Sql;
  readonly mail: MailTransport;
  readonly logger: Logger;
  readonly settings: { readonly mailDomain: string; readonly publicUrl: string | null };
}

const retryMinutes = 2;
/** An email that says little when it is late is given up. */
const maxWaitMs = { link: hourMs, notice: 24 * hourMs } as const;

/**
 * Sends the emails about accounts that wait. The token of a link is made here and lives in the email alone: only its hash
 * is stored, and nothing of the email is kept or logged.
 *
 * @returns number of emails that were accepted
 */
export async function emailAccounts(parts: AccountEmailParts): Promise<number> {
  const { sql } = parts;
  let accepted = 0;
  for (let email = await claimAccountEmail(sql); email; email = await claimAccountEmail(sql)) {
    if (await sendAccountEmail(parts, email)) accepted += 1;
  }
  return accepted;
}

async function sendAccountEmail(
  { sql, mail, logger, settings }: AccountEmailParts,
  email: AccountEmail,
): Promise<boolean> {
  const { id, kind, locale, timezone: timeZone, attempts } = email;
  const log = logger.child({ accountEmail: id, kind });
  if (isAccountLinkKind(kind) && settings.publicUrl === null) {
    log.error('email with a link not sent: set PUBLIC_URL, then request it again');
    await endAccountEmail(sql, email, 'failed');
    return false;
  }
  const variables = await variablesOf(sql, email, settings.publicUrl);
  const rendered = renderMail({ kind, template: null, variables, locale, timeZone });
  const messageId = `<account-${id}-${attempts}@${settings.mailDomain}>`;
  const result = await mail.send(
    { messageId, to: [email.email], date: new Date(), ...rendered },
    { beforeEnd: async () => undefined },
  );
  if (result.outcome === 'refused' && !result.permanent && !isTooLate(email)) {
    log.warn({ code: result.code }, 'email about an account not accepted, retrying');
    await postponeAccountEmail(sql, email, retryMinutes);
    return false;
  }
  const status = result.outcome === 'refused' ? 'failed' : result.outcome;
  if (status !== 'accepted') log.warn({ outcome: status }, 'email about an account not accepted');
  await endAccountEmail(sql, email, status);
  return status === 'accepted';
}

function isTooLate({ kind, requestedAt }: AccountEmail): boolean {
  const waitMs = isAccountLinkKind(kind) ? maxWaitMs.link : maxWaitMs.notice;
  return Date.now() - requestedAt.getTime() > waitMs;
}

async function variablesOf(sql: Sql, email: AccountEmail, publicUrl: string | null): Promise<MailVariables> {
  const { kind, name, change, requestedAt, resellerName } = email;
  const account = { name, email: email.email, login: email.login };
  const reseller = { name: resellerName };
  if (kind === 'daily_digest') {
    return { ...(await digestVariables(sql, email, { now: Date.now(), publicUrl })), account, reseller };
  }
  if (!isAccountLinkKind(kind)) {
    return { account: { ...account, change, changed_at: requestedAt.toISOString() }, reseller };
  }
  const validUntil = new Date(Date.now() + linkLifetimeMs[kind]);
  const token = await createAccountLink(sql, email, validUntil);
  return {
    account: { ...account, valid_until: validUntil.toISOString() },
    ...(email.newEmail !== null && { email_change: { old: email.oldEmail, new: email.newEmail } }),
    links: { account: accountLinkOf(publicUrl ?? '', kind, token) },
    reseller,
  };
}
