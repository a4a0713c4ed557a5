import { randomBytes } from 'node:crypto';
import path from 'node:path';
import type { Config } from '../../../src/config.js';
import { startPostgres } from '../servers/postgres.js';
import { StartError } from '../../../src/cli/process/start-error.js';
import { findTemporalBinary } from '../servers/temporal-binaries.js';
import { startTemporalServer } from '../servers/temporal-server.js';
import type { Finding } from '../../../src/cli/doctor/finding.js';
import { printStatus } from '../../../src/cli/terminal.js';
import { loadOrCreateSecret } from './kept-secret.js';
import type { Ports } from './ports.js';
import { withoutPassword } from '../../../src/domain/urls.js';
import type { Stack } from './stack.js';

/** The three servers that Lowwater needs: the embedded ones, or those that the settings name. */

type Place = {
  dataDir: string;
  ports: Ports;
  /** The Temporal CLI; null where TEMPORAL_ADDRESS names a server. */
  temporalCli: string | null;
  /** The embedded servers begin without the data of earlier starts. */
  reset: boolean;
};

export type Database = { url: string; embedded: boolean };
export type Temporal = { address: string; uiUrl: string | null };
/** @property page where the embedded mailbox is read; null: another mail server */
export type Mail = { smtpUrl: string; page: MailboxPage | null };
type MailboxPage = { url: string; apiUrl: string; token: string };

/** Finds the Temporal CLI where it is needed; on a new machine it is fetched, which takes a while. */
export async function findTemporalCli(config: Config): Promise<string | null> {
  if (config.TEMPORAL_ADDRESS !== undefined) return null;
  return findTemporalBinary('cli', { configured: config.TEMPORAL_CLI_PATH, log: note });
}

export async function beginDatabase(stack: Stack, config: Config, place: Place): Promise<Database> {
  const { DATABASE_URL } = config;
  if (DATABASE_URL !== undefined) {
    return stack.run('PostgreSQL', async () => {
      const { checkDatabase } = await import('../../../src/cli/doctor/check-database.js');
      requireUsable(await checkDatabase(DATABASE_URL));
      return yours({ url: DATABASE_URL, embedded: false }, withoutPassword(DATABASE_URL));
    });
  }
  return stack.start('PostgreSQL', async () => {
    const dataDir = path.join(place.dataDir, 'postgres');
    const server = await startPostgres({ dataDir, port: place.ports.postgres, log: note, reset: place.reset });
    watch(stack, 'PostgreSQL', server);
    return {
      value: { url: server.url, embedded: true },
      stop: server.stop,
      where: `127.0.0.1:${server.port}`,
    };
  });
}

export async function beginTemporal(stack: Stack, config: Config, place: Place): Promise<Temporal> {
  const address = config.TEMPORAL_ADDRESS ?? '';
  const program = place.temporalCli;
  if (program === null) {
    return stack.run('Temporal', async () => {
      const { checkTemporal } = await import('../../../src/cli/doctor/check-temporal.js');
      requireUsable(await checkTemporal(config));
      return yours({ address, uiUrl: config.TEMPORAL_UI_URL ?? null }, address);
    });
  }
  return stack.start('Temporal', async () => {
    const server = await startTemporalServer({
      program,
      dataDir: path.join(place.dataDir, 'temporal'),
      port: place.ports.temporal,
      uiPort: place.ports.temporalUi,
      namespace: config.TEMPORAL_NAMESPACE,
      reset: place.reset,
      log: note,
    });
    watch(stack, 'Temporal', server);
    return {
      value: { address: server.address, uiUrl: server.uiUrl },
      stop: server.stop,
      where: server.address,
    };
  });
}

export async function beginMail(stack: Stack, config: Config, place: Place): Promise<Mail> {
  const { SMTP_URL } = config;
  if (SMTP_URL !== undefined) {
    return stack.run('Mail', async () => {
      const { checkMail } = await import('../../../src/cli/doctor/check-mail.js');
      const { status, detail, remedy } = await checkMail(config);
      // Deliveries are retried until it answers: no reason not to start.
      if (status === 'fail') note(`Mail: ${detail}. ${remedy ?? ''} Emails are sent when the mail server responds.`);
      return yours({ smtpUrl: SMTP_URL, page: null }, withoutPassword(SMTP_URL));
    });
  }
  return stack.start('Mailbox', async () => {
    const { startMailbox } = await import('../mailbox/mailbox-server.js');
    // Kept, so that a bookmark and an open page survive a restart.
    const token = loadOrCreateSecret(path.join(place.dataDir, 'mailbox-token'), () =>
      randomBytes(32).toString('base64url'),
    );
    const mailbox = await startMailbox({
      token,
      smtpPort: place.ports.smtp,
      httpPort: place.ports.mailbox,
      dataDir: path.join(place.dataDir, 'mailbox'),
    });
    return {
      value: { smtpUrl: mailbox.smtpUrl, page: { url: mailbox.startUrl, apiUrl: mailbox.apiUrl, token } },
      stop: () => mailbox.stop(),
      where: mailbox.smtpUrl,
    };
  });
}

/** A server that ends on its own takes Lowwater with it: without it nothing can work. */
function watch(stack: Stack, name: string, server: { exited: Promise<void>; lastOutput(): string }): void {
  void server.exited.then(() =>
    stack.partFailed(
      new StartError(`${name} ended unexpectedly.\n${server.lastOutput()}`, 'Read the lines above, then start again.'),
    ),
  );
}

/** The first finding is about the server itself; what the others miss, starting brings. */
function requireUsable([server]: readonly Finding[]): void {
  if (server?.status === 'fail') throw new StartError(`${server.name}: ${server.detail}.`, server.remedy ?? '');
}

function yours<T>(value: T, where: string): { value: T; note: string } {
  return { value, note: `${where} (your server)` };
}

function note(line: string): void {
  printStatus(`    ${line}`);
}
