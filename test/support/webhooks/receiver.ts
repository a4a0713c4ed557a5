import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';

/** What arrived at the receiver. */
export interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** byte by byte */
  readonly text: string;
  /** null: no JSON */
  readonly body: ReturnType<typeof JSON.parse>;
}

/** A real HTTP server that receives webhooks, on this machine. */
export interface Receiver {
  readonly url: string;
  readonly received: Received[];
  /** how the next requests are answered; default: 204 */
  answer: (response: ServerResponse, request: Received) => void;
  /** Resolves when so many have arrived. */
  arrived(count: number): Promise<void>;
  stop(): Promise<void>;
}

export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  const waiting = new Set<() => void>();
  const receiver = {
    received,
    answer: (response: ServerResponse): void => void response.writeHead(204).end(),
  } as { received: Received[]; answer: Receiver['answer'] };
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString('utf8');
      const message = { path: request.url ?? '', headers: request.headers, text, body: parsed(text) };
      received.push(message);
      receiver.answer(response, message);
      for (const check of waiting) check();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return Object.assign(receiver, {
    url: `http://127.0.0.1:${port}/hooks`,
    arrived: (count: number): Promise<void> =>
      new Promise((resolve) => {
        const check = (): void => {
          if (received.length < count) return;
          waiting.delete(check);
          resolve();
        };
        waiting.add(check);
        check();
      }),
    stop: async (): Promise<void> => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  });
}

function parsed(text: string): Received['body'] {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** As a receiver does: throws where the signature is not right. */
export function verify(secret: string, { headers, text }: Received): void {
  new Webhook(secret).verify(text, headers as Record<string, string>);
}
