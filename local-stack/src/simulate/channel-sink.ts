import { createServer } from 'node:http';
import type { ReceiverState } from '../../../src/simulate/scenario-channels.js';

/** A real HTTP server on this machine that takes messages of notification channels and forgets them, or refuses them. */
interface ChannelSink {
  /** `http://127.0.0.1:<port>`: a channel posts to a folder with its name */
  readonly url: string;
  /** by the names of channels; absent: up */
  readonly states: Map<string, ReceiverState>;
  stop(): Promise<void>;
}

const statuses: Readonly<Record<ReceiverState, number>> = { up: 200, down: 503, gone: 410 };

export async function startChannelSink(): Promise<ChannelSink> {
  const states = new Map<string, ReceiverState>();
  const server = createServer((request, response) => {
    const [, name = ''] = (request.url ?? '').split('/');
    request.on('end', () => response.writeHead(statuses[states.get(decodeURIComponent(name)) ?? 'up']).end());
    request.resume();
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the HTTP server has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    states,
    async stop() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
