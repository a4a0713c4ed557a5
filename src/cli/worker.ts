import type { Command } from 'commander';
import { serviceCommand } from './service-command.js';

const help = `
Runs the monitors, sends emails, and reverts temporary credit. Any number of workers can share one Temporal and one
PostgreSQL.

Settings come from the environment (docs/operations.md): DATABASE_URL, TEMPORAL_ADDRESS, SMTP_URL, and more. Missing ones
come from a Lowwater that "npm start" runs in the data folder.

SIGINT or SIGTERM stops the worker gracefully: it starts no new work and finishes running work within SHUTDOWN_SECONDS.
A second signal forces it to stop.`;

/** `lowwater worker` */
export function workerCommand(): Command {
  return serviceCommand({
    name: 'worker',
    description: 'run the monitors',
    help,
    port: { setting: 'WORKER_OPS_PORT', of: "the worker's metrics" },
    async start(config, logger) {
      const { runWorker } = await import('../worker.js');
      const service = await runWorker(config, { logger });
      return { service, url: service.opsUrl };
    },
  });
}
