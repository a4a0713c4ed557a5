import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One thing that must work before a process is ready. */
export interface Check {
  readonly name: string;
  readonly ok: boolean;
  /** what is wrong, or what was found; no secrets */
  readonly detail?: string;
}

interface OpsServerOptions {
  /** 0 takes a free one */
  readonly port: number;
  readonly host: string;
  /** what `/readyz` reports; a rejection or more than five seconds count as a failed check */
  readonly ready: () => Promise<readonly Check[]>;
  /** the answer of `/metrics`, in Prometheus' text format */
  readonly metricsText: () => Promise<string>;
}

export interface OpsServer {
  readonly url: string;
  stop(): Promise<void>;
}

const readyTimeoutMs = 5_000;

/**
 * The small HTTP server by which a process without an API is monitored: `/livez` (the process runs; asks no other
 * process), `/readyz` (200 or 503, with every check as JSON) and `/metrics`. It has no authentication: it belongs on an
 * inner network.
 *
 * @throws Error with code EADDRINUSE when the port is taken.
 */
export async function startOpsServer(options: OpsServerOptions): Promise<OpsServer> {
  const server = createServer((request, response) => {
    answer(request, response, options).catch(() => {
      if (!response.headersSent) send(response, 500, 'text/plain', 'failed\n');
      else response.destroy();
    });
  });
  server.keepAliveTimeout = 5_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${options.host.includes(':') ? `[${options.host}]` : options.host}:${port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, options: OpsServerOptions): Promise<void> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('allow', 'GET, HEAD');
    return send(response, 405, 'text/plain', 'Use GET or HEAD.\n');
  }
  switch (request.url?.split('?')[0]) {
    case '/livez':
      return send(response, 200, 'text/plain', 'ok\n');
    case '/readyz': {
      const checks = await runChecks(options.ready);
      const ok = checks.every((check) => check.ok);
      return send(response, ok ? 200 : 503, 'application/json', JSON.stringify({ ready: ok, checks }));
    }
    case '/metrics':
      return send(response, 200, 'text/plain; version=0.0.4; charset=utf-8', await options.metricsText());
    default:
      return send(response, 404, 'text/plain', 'Not found. Use /livez, /readyz, or /metrics.\n');
  }
}

async function runChecks(ready: OpsServerOptions['ready']): Promise<readonly Check[]> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<readonly Check[]>((resolve) => {
    timer = setTimeout(
      () => resolve([{ name: 'ready', ok: false, detail: `no response within ${readyTimeoutMs} ms` }]),
      readyTimeoutMs,
    );
  });
  try {
    return await Promise.race([ready(), late]);
  } catch {
    return [{ name: 'ready', ok: false, detail: 'the readiness check failed' }];
  } finally {
    clearTimeout(timer);
  }
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, {
    'content-type': type,
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
  });
  response.end(body);
}
