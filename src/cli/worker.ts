import { Command } from 'commander';
import { claimPort } from './process/ports.js';
import { createLogger } from '../observability/logger.js';
import { exitCodeHelp } from './exit-codes.js';
import { runCommand } from './run.js';
import { runningSettings } from './running-settings.js';
import { serve } from './serve.js';

const help = `
Runs the monitors, sends emails, and reverts temporary credit. Any number of workers can share one Temporal and one
PostgreSQL.

Settings come from the environment (docs/operations.md): DATABASE_URL, TEMPORAL_ADDRESS, SMTP_URL, and more. Missing ones
come from a Lowwater that "npm start" runs in the data folder.

SIGINT or SIGTERM stops the worker gracefully: it starts no new work and finishes running work within SHUTDOWN_SECONDS.
A second signal forces it to stop.
${exitCodeHelp}`;

/** `lowwater worker` */
export function workerCommand(): Command {
  return new Command('worker')
    .description('run the monitors')
    .option('--data-dir <dir>', 'data folder of a running "lowwater start" that supplies missing settings', '.lowwater')
    .addHelpText('after', help)
    .action((options: { dataDir: string }) =>
      runCommand(async () => {
        const config = runningSettings(options.dataDir, ['DATABASE_URL', 'TEMPORAL_ADDRESS']);
        await claimPort(
          config.WORKER_OPS_PORT,
          "the worker's metrics",
          'Stop that process, or set WORKER_OPS_PORT to another port (0: any free port).',
        );
        const logger = createLogger(config, 'worker');
        // Loaded when it is needed: the SDK takes longer to load than other commands take to run.
        const { runWorker } = await import('../worker.js');
        const worker = await runWorker(config, { logger });
        return serve(worker, worker.opsUrl, logger, (config.SHUTDOWN_SECONDS + 5) * 1000);
      }),
    );
}
