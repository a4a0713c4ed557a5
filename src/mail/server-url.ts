import type { ConnectionOptions } from 'node:tls';

/** What the address of a mail server says. */
export interface MailServer {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte (smtps, imaps) */
  readonly secure: boolean;
  /** STARTTLS or nothing */
  readonly requireTLS: boolean;
  readonly ignoreTLS: boolean;
  readonly auth: { readonly user: string; readonly pass: string } | null;
  readonly tls: ConnectionOptions;
}

const flags = ['requireTLS', 'ignoreTLS', 'tls.rejectUnauthorized'] as const;
const texts = ['tls.servername'] as const;

/**
 * Reads `smtp://user:password@host:port` or `smtps://...`, with the options `?requireTLS=`, `?ignoreTLS=`,
 * `?tls.rejectUnauthorized=` (true or false) and `?tls.servername=`.
 *
 * STARTTLS is used where the server offers it. With a user and a password, and a server that is not this machine, it
 * is required: otherwise a machine in between could remove the offer and read the password. `?requireTLS=false`
 * allows it all the same.
 *
 * @throws TypeError that says what is wrong, without the address: it may hold a password.
 */
export function parseSmtpUrl(text: string): MailServer {
  return parseServerUrl(text, { plain: 'smtp', secure: 'smtps', ports: [587, 465] });
}

/**
 * The same for `imap://user:password@host:port` and `imaps://...`; the user is needed.
 *
 * @throws TypeError that says what is wrong, without the address: it may hold a password.
 */
export function parseImapUrl(
  text: string,
): MailServer & { readonly auth: { readonly user: string; readonly pass: string } } {
  const { auth, ...server } = parseServerUrl(text, { plain: 'imap', secure: 'imaps', ports: [143, 993] });
  if (!auth) throw fault('it has no user and password');
  return { ...server, auth };
}

interface Protocol {
  readonly plain: string;
  readonly secure: string;
  /** default ports: plain, and with TLS from the first byte */
  readonly ports: readonly [number, number];
}

function parseServerUrl(text: string, protocol: Protocol): MailServer {
  const url = urlOf(text, protocol);
  const secure = url.protocol === `${protocol.secure}:`;
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const auth = url.username ? { user: decode(url.username), pass: decode(url.password) } : null;
  const options = optionsOf(url);
  const ignoreTLS = options.get('ignoreTLS') === 'true';
  const requireTLS =
    options.get('requireTLS') ?? String(auth !== null && !secure && !ignoreTLS && !isThisMachine(host));
  if (ignoreTLS && requireTLS === 'true') throw fault('requireTLS and ignoreTLS exclude each other');
  const servername = options.get('tls.servername');
  return {
    host,
    port: url.port ? Number(url.port) : protocol.ports[secure ? 1 : 0],
    secure,
    requireTLS: requireTLS === 'true',
    ignoreTLS,
    auth,
    tls: {
      rejectUnauthorized: options.get('tls.rejectUnauthorized') !== 'false',
      ...(servername ? { servername } : {}),
    },
  };
}

function urlOf(text: string, { plain, secure }: Protocol): URL {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw fault(`write ${plain}://host:port or ${secure}://user:password@host:port`);
  }
  if (url.protocol !== `${plain}:` && url.protocol !== `${secure}:`) {
    throw fault(`it must begin with ${plain}:// or ${secure}://`);
  }
  if (url.hostname === '') throw fault('it has no host');
  if (url.pathname !== '' && url.pathname !== '/') throw fault('only options after a ? may follow the port');
  return url;
}

function optionsOf(url: URL): ReadonlyMap<string, string> {
  const options = new Map<string, string>();
  const known: readonly string[] = [...flags, ...texts];
  for (const [name, value] of url.searchParams) {
    if (!known.includes(name)) throw fault(`there is no option ${name}; there are ${known.join(', ')}`);
    const isFlag = flags.some((flag) => flag === name);
    if (isFlag && value !== 'true' && value !== 'false') throw fault(`the option ${name} must be true or false`);
    options.set(name, value);
  }
  return options;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw fault('its user or password has a % that encodes nothing; write %25 for it');
  }
}

function isThisMachine(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\./.test(host);
}

function fault(message: string): TypeError {
  return new TypeError(`the address of the mail server is not valid: ${message}`);
}
