import { Command } from 'commander';
import { claimPort } from './process/ports.js';
import { createLogger } from '../observability/logger.js';
import { exitCodeHelp } from './exit-codes.js';
import { runCommand } from './run.js';
import { runningSettings } from './running-settings.js';
import { serve } from './serve.js';

const help = `
Runs the monitors and their side effects; any number of workers may run against one Temporal and one PostgreSQL.

Settings come from the environment (docs/operations.md): DATABASE_URL, TEMPORAL_ADDRESS, SMTP_URL and more. What is not
set is taken from a Lowwater that "npm start" runs in the data folder.

SIGINT or SIGTERM ends it gracefully: nothing new is begun, what was begun is finished within SHUTDOWN_SECONDS. A second
signal ends it at once.
${exitCodeHelp}`;

/** `lowwater worker` */
export function workerCommand(): Command {
  return new Command('worker')
    .description('run the monitors and their side effects')
    .option('--data-dir <dir>', 'data folder of a running "lowwater start" to take missing settings from', '.lowwater')
    .addHelpText('after', help)
    .action((options: { dataDir: string }) =>
      runCommand(async () => {
        const config = runningSettings(options.dataDir, ['DATABASE_URL', 'TEMPORAL_ADDRESS']);
        await claimPort(
          config.WORKER_OPS_PORT,
          "the worker's metrics",
          'Stop that process, or set WORKER_OPS_PORT (0: any).',
        );
        const logger = createLogger(config, 'worker');
        // Loaded when it is needed: the SDK takes longer to load than other commands take to run.
        const { runWorker } = await import('../worker.js');
        const worker = await runWorker(config, { logger });
        return serve(worker, worker.opsUrl, logger, (config.SHUTDOWN_SECONDS + 5) * 1000);
      }),
    );
}
