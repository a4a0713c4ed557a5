import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';

/** A provider of OpenID Connect for tests, and a browser that logs in there. */

interface Addresses {
  readonly redirectUri: string;
  readonly logoutUri: string;
  readonly returnUri: string;
}

export interface TestProvider {
  readonly issuer: string;
  /** Starts again on the same port, with another key. */
  rotate(): Promise<void>;
  stop(): Promise<void>;
}

export async function startProvider(addresses: Addresses, port = 0): Promise<TestProvider> {
  let running = await start(addresses, port, 'first');
  const { issuer } = running;
  return {
    issuer,
    async rotate() {
      await end(running.child);
      running = await start(addresses, Number(new URL(issuer).port), 'second');
    },
    stop: () => end(running.child),
  };
}

async function start(
  addresses: Addresses,
  port: number,
  key: string,
): Promise<{ child: ChildProcess; issuer: string }> {
  const script = path.join(__dirname, 'provider.mjs');
  const child = spawn(process.execPath, [script, JSON.stringify({ ...addresses, port, key })], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_NO_WARNINGS: '1' },
  });
  const issuer = await new Promise<string>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the provider ended with ${code}`)));
    if (child.stdout) createInterface(child.stdout).on('line', (line) => /^http:/.test(line) && resolve(line));
  });
  return { child, issuer };
}

function end(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });
}

export interface Claims {
  readonly sub: string;
  readonly email?: string;
  readonly email_verified?: boolean;
  readonly name?: string;
  readonly locale?: string;
  readonly zoneinfo?: string;
  readonly roles?: readonly string[];
}

/** A browser at the provider: it keeps cookies, and follows redirects until they leave the provider. */
export class ProviderBrowser {
  private readonly cookies = new Map<string, string>();

  constructor(private readonly issuer: string) {}

  /** Logs in and consents. @returns the address to which the provider sends the browser */
  async logIn(url: string, { sub: login, ...claims }: Claims): Promise<string> {
    await fetch(`${this.issuer}/accounts/${login}`, { method: 'PUT', body: JSON.stringify(claims) });
    let answer = await this.open(url);
    while (answer.page !== null) {
      const isLogin = answer.page.includes('name="login"');
      const action = /<form[^>]* action="([^"]+)"/.exec(answer.page)?.[1] ?? answer.url;
      const form = isLogin ? { prompt: 'login', login, password: 'any' } : { prompt: 'consent' };
      answer = await this.open(new URL(action, answer.url).href, new URLSearchParams(form));
    }
    return answer.url;
  }

  /** Confirms the end of the session. @returns the address to which the provider sends the browser */
  async logOut(url: string): Promise<string> {
    const { page, url: at } = await this.open(url);
    const action = /<form[^>]* action="([^"]+)"/.exec(page ?? '')?.[1] ?? '';
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(page ?? '')?.[1] ?? '';
    const answer = await this.open(new URL(action, at).href, new URLSearchParams({ xsrf, logout: 'yes' }));
    return answer.url;
  }

  private async open(url: string, form: URLSearchParams | null = null): Promise<{ url: string; page: string | null }> {
    if (!url.startsWith(this.issuer)) return { url, page: null };
    const response = await fetch(url, {
      method: form ? 'POST' : 'GET',
      redirect: 'manual',
      headers: { Cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form && { body: form }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      this.cookies.set(name, value);
    }
    const location = response.headers.get('location');
    if (location) return this.open(new URL(location, url).href);
    const page = await response.text();
    if (!response.ok) throw new Error(`the provider answered ${response.status}: ${page.slice(0, 500)}`);
    return { url, page };
  }
}
