import { Command } from 'commander';
import { claimPort } from './process/ports.js';
import { createLogger } from '../observability/logger.js';
import { exitCodeHelp } from './exit-codes.js';
import { runCommand } from './run.js';
import { runningSettings } from './running-settings.js';
import { serve } from './serve.js';

const help = `
Serves the HTTP API, its documentation (/docs), and the web page. Any number of instances can run behind a load balancer.

Settings come from the environment (docs/operations.md): DATABASE_URL, TEMPORAL_ADDRESS, API_HOST, API_PORT, and more.
Missing ones come from a Lowwater that "npm start" runs in the data folder.

SIGINT or SIGTERM stops the API gracefully: it accepts no new connections and finishes running requests within
SHUTDOWN_SECONDS. A second signal forces it to stop.
${exitCodeHelp}`;

/** `lowwater api` */
export function apiCommand(): Command {
  return new Command('api')
    .description('serve the HTTP API, its documentation, and the web page')
    .option('--data-dir <dir>', 'data folder of a running "lowwater start" that supplies missing settings', '.lowwater')
    .addHelpText('after', help)
    .action((options: { dataDir: string }) =>
      runCommand(async () => {
        const config = runningSettings(options.dataDir, ['DATABASE_URL', 'TEMPORAL_ADDRESS']);
        await claimPort(
          config.API_PORT,
          'the API',
          'Stop that process, or set API_PORT to another port (0: any free port).',
        );
        const logger = createLogger(config, 'api');
        // Loaded when it is needed: the SDK takes longer to load than other commands take to run.
        const { startApiService } = await import('./api-service.js');
        const service = await startApiService(config, logger);
        return serve(service, service.url, logger, (config.SHUTDOWN_SECONDS + 5) * 1000);
      }),
    );
}
