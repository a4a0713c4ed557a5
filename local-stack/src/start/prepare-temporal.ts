import type { Config } from '../../../src/config.js';
import { connectTemporal } from '../../../src/temporal/connection.js';
import { ensureSchedules } from '../../../src/temporal/schedules.js';
import { registerSearchAttributes } from '../../../src/temporal/search-attributes.js';
import type { Stack } from './stack.js';

/** Registers what monitors are found by, and makes the Schedules; harmless to repeat. */
export async function prepareTemporal(stack: Stack, config: Config): Promise<void> {
  await stack.run('Namespace', async () => {
    const { connection, client } = await connectTemporal(config);
    try {
      const missing = await registerSearchAttributes(connection, config.TEMPORAL_NAMESPACE);
      await ensureSchedules(client, config);
      const added = missing.length > 0 ? `, ${missing.length} search attributes registered` : '';
      return { value: undefined, note: `${config.TEMPORAL_NAMESPACE}${added}` };
    } finally {
      await connection.close();
    }
  });
}
