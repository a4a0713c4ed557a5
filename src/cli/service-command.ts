import { Command } from 'commander';
import type { Config } from '../config.js';
import { createLogger, type Logger } from '../observability/logger.js';
import { claimPort } from './process/ports.js';
import { exitCodeHelp } from './exit-codes.js';
import { runCommand } from './run.js';
import { runningSettings } from './running-settings.js';
import { serve, type Service } from './serve.js';

interface ServiceSpec {
  readonly name: 'api' | 'worker';
  readonly description: string;
  readonly help: string;
  /** the setting of its port, and what listens on it */
  readonly port: { readonly setting: 'API_PORT' | 'WORKER_OPS_PORT'; readonly of: string };
  /** Loads the service only when it is needed: the SDK takes longer to load than other commands take to run. */
  readonly start: (config: Config, logger: Logger) => Promise<{ readonly service: Service; readonly url: string }>;
}

/** A command that runs one service until it is stopped. */
export function serviceCommand({ name, description, help, port, start }: ServiceSpec): Command {
  return new Command(name)
    .description(description)
    .option('--data-dir <dir>', 'data folder of a running "lowwater start" that supplies missing settings', '.lowwater')
    .addHelpText('after', `${help}\n${exitCodeHelp}`)
    .action((options: { dataDir: string }) =>
      runCommand(async () => {
        const config = runningSettings(options.dataDir, ['DATABASE_URL', 'TEMPORAL_ADDRESS']);
        const remedy = `Stop that process, or set ${port.setting} to another port (0: any free port).`;
        await claimPort(config[port.setting], port.of, remedy);
        const logger = createLogger(config, name);
        const { service, url } = await start(config, logger);
        return serve(service, url, logger, (config.SHUTDOWN_SECONDS + 5) * 1000);
      }),
    );
}
