import { startApi } from '../api/server.js';
import type { Config } from '../config.js';
import type { Logger } from '../observability/logger.js';
import { openDatabase } from '../storage/system/database.js';
import { createGateway } from '../temporal/client-gateway.js';
import { connectTemporalLazily } from '../temporal/connection.js';
import { requireSetting } from './running-settings.js';
import type { Service } from './serve.js';
import { packageVersion } from '../version.js';

/** The API with its own connections to Temporal and, for the gateway, to the database. */
export async function startApiService(config: Config, logger: Logger): Promise<Service & { url: string }> {
  const sql = openDatabase(requireSetting(config, 'DATABASE_URL'), {
    role: 'service',
    max: 2,
    applicationName: 'lowwater-api-gateway',
  });
  const { client, connection } = connectTemporalLazily(config);
  const gateway = createGateway({
    client,
    sql,
    namespace: config.TEMPORAL_NAMESPACE,
    uiUrl: config.TEMPORAL_UI_URL ?? null,
  });
  const close = async (): Promise<void> => {
    await connection.close();
    await sql.end({ timeout: 5 });
  };
  try {
    const api = await startApi(config, { logger, temporal: gateway, version: packageVersion() });
    return {
      url: api.url,
      stop: async () => {
        await api.stop();
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}
