import { findTemporalBinary } from '../../../local-stack/src/servers/temporal-binaries.js';
import type { TemporalBinary } from '../../../local-stack/src/servers/temporal-downloads.js';

/** The path of a Temporal program, fetched when it is nowhere on this machine. */
export function temporalBinary(kind: TemporalBinary): Promise<string> {
  return findTemporalBinary(kind, {
    configured: process.env[kind === 'cli' ? 'TEMPORAL_CLI_PATH' : 'TEMPORAL_TEST_SERVER_PATH'],
    log: (line) => process.stderr.write(`${line}\n`),
  });
}
