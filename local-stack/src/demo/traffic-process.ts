import { readFileSync } from 'node:fs';
import path from 'node:path';
import { runCommand } from '../../../src/cli/run.js';
import { runningSettings } from '../../../src/cli/running-settings.js';
import { serve } from '../../../src/cli/serve.js';
import { createLogger } from '../../../src/observability/logger.js';
import { ApiClient } from './api-client.js';
import { runTraffic } from './traffic.js';

/** The program of the demo traffic, a child of `lowwater start`: posts small charges and payments of the demo data. */
async function main(dataDir: string): Promise<number> {
  const config = runningSettings(dataDir, []);
  const key = readFileSync(path.join(dataDir, 'api-key'), 'utf8').trim();
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
}

void runCommand(() => main(process.argv[2] ?? '.lowwater'));
