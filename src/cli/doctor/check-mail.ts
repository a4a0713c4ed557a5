import { bounceMailboxSettings, type Config } from '../../config.js';
import { createBounceMailbox } from '../../mail/bounces/bounce-mailbox.js';
import { createMailTransport } from '../../mail/smtp/transport.js';
import { withoutPassword } from '../../domain/urls.js';
import { fail, ok, reasonOf, within, type Finding } from './finding.js';

/** The SMTP server: reachable, and the login right. No email is sent. */
export async function checkMail(config: Config): Promise<Finding> {
  const url = config.SMTP_URL;
  if (url === undefined)
    return fail('Mail', 'SMTP_URL is not set', 'Set SMTP_URL. Without it, no notification can be sent.');
  const remedy = 'Check SMTP_URL: host, port, user, password, and TLS (smtps:// for TLS from the start).';
  try {
    const transport = createMailTransport({ url, from: config.MAIL_FROM, domain: config.MAIL_DOMAIN });
    try {
      await within(15_000, transport.verify());
    } finally {
      await transport.close();
    }
    return ok('Mail', withoutPassword(url));
  } catch (error) {
    return fail('Mail', `${withoutPassword(url)}: ${reasonOf(error)}`, remedy);
  }
}

/** The mailbox for bounces: reachable, the login right, and the folder there. Empty: none is set. No email is marked as read. */
export async function checkBounces(config: Config): Promise<Finding[]> {
  const settings = bounceMailboxSettings(config);
  if (settings === null) return [];
  const shown = `${withoutPassword(settings.url)}, folder ${settings.folder}`;
  try {
    await within(30_000, createBounceMailbox(settings).verify());
    return [ok('Bounces', shown)];
  } catch (error) {
    const remedy = 'Check BOUNCE_IMAP_URL (host, port, user, password, and TLS) and BOUNCE_IMAP_FOLDER.';
    return [fail('Bounces', `${shown}: ${reasonOf(error)}`, remedy)];
  }
}
