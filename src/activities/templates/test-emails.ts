import type { MailTransport } from '../../mail/smtp/transport.js';
import type { Logger } from '../../observability/logger.js';
import type { Sql } from '../../storage/system/database.js';
import {
  claimTestEmail,
  endTestEmail,
  postponeTestEmail,
  type TestEmail,
} from '../../storage/templates/test-emails.js';

interface TestEmailParts {
  readonly sql: Sql;
  readonly mail: MailTransport;
  readonly logger: Logger;
  readonly settings: { readonly mailDomain: string };
}

const retryMinutes = 2;

/**
 * Sends the tests of templates that wait. They have no notification and no delivery, so that no rule counts them.
 *
 * @returns number of emails that were accepted
 */
export async function sendTestEmails(parts: TestEmailParts): Promise<number> {
  let accepted = 0;
  for (let email = await claimTestEmail(parts.sql); email; email = await claimTestEmail(parts.sql)) {
    if (await send(parts, email)) accepted += 1;
  }
  return accepted;
}

async function send({ sql, mail, logger, settings }: TestEmailParts, email: TestEmail): Promise<boolean> {
  const { subject, html, text } = email;
  // The same under a retry: a worker that died after the server's answer sends no second message that looks new.
  const messageId = `<template-test-${email.id}@${settings.mailDomain}>`;
  const result = await mail.send(
    { messageId, to: [email.email], date: new Date(), subject, html, text },
    { beforeEnd: async () => undefined },
  );
  if (result.outcome === 'refused' && !result.permanent) {
    logger.warn({ testEmail: email.id, code: result.code }, 'test of a template not accepted, retrying');
    await postponeTestEmail(sql, email, retryMinutes);
    return false;
  }
  await endTestEmail(sql, email, result.outcome === 'refused' ? 'failed' : result.outcome);
  return result.outcome === 'accepted';
}
