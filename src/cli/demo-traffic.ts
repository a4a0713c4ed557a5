import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Command } from 'commander';
import { createLogger } from '../observability/logger.js';
import { ApiClient } from './demo/api-client.js';
import { runTraffic } from './demo/traffic.js';
import { runCommand } from './run.js';
import { runningSettings } from './running-settings.js';
import { serve } from './serve.js';

/** `lowwater demo-traffic`: a child of `lowwater start`, not meant to be called by hand. */
export function demoTrafficCommand(): Command {
  return new Command('demo-traffic')
    .description('post small charges and payments of the demo data')
    .option('--data-dir <dir>', 'data folder of the "lowwater start" whose API is used', '.lowwater')
    .action((options: { dataDir: string }) =>
      runCommand(async () => {
        const config = runningSettings(options.dataDir, []);
        const key = readFileSync(path.join(options.dataDir, 'api-key'), 'utf8').trim();
        const logger = createLogger(config, 'demo-traffic');
        const end = new AbortController();
        const api = new ApiClient(`http://127.0.0.1:${config.API_PORT}`, key);
        const traffic = runTraffic(api, end.signal, (line) => logger.info(line));
        const failed = new Promise<never>((_, reject) => traffic.catch(reject));
        const stop = async (): Promise<void> => {
          end.abort();
          await traffic.catch(() => undefined);
        };
        return serve({ stop, failed }, 'a charge every 1.5 s', logger, 5_000);
      }),
    );
}
