import type { Command } from 'commander';
import { serviceCommand } from './service-command.js';

const help = `
Serves the HTTP API, its documentation (/docs), and the web page. Any number of instances can run behind a load balancer.

Settings come from the environment (docs/operations.md): DATABASE_URL, TEMPORAL_ADDRESS, API_HOST, API_PORT, and more.
Missing ones come from a Lowwater that "npm start" runs in the data folder.

SIGINT or SIGTERM stops the API gracefully: it accepts no new connections and finishes running requests within
SHUTDOWN_SECONDS. A second signal forces it to stop.`;

/** `lowwater api` */
export function apiCommand(): Command {
  return serviceCommand({
    name: 'api',
    description: 'serve the HTTP API, its documentation, and the web page',
    help,
    port: { setting: 'API_PORT', of: 'the API' },
    async start(config, logger) {
      const { startApiService } = await import('./api-service.js');
      const service = await startApiService(config, logger);
      return { service, url: service.url };
    },
  });
}
