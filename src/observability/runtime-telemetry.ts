import { createServer, type AddressInfo } from 'node:net';
import { Runtime } from '@temporalio/worker';
import { temporalLogger, type Logger } from './logger.js';

export interface RuntimeTelemetry {
  /** What the SDK counts (`temporal_...`), in Prometheus' text format; '' while it does not answer. */
  sdkMetrics(): Promise<string>;
  /** After the last worker has stopped: the SDK's runtime would else keep the process alive. May be called twice. */
  stop(): Promise<void>;
}

const scrapeTimeoutMs = 2_000;

/**
 * Sets up Temporal's SDK for this process, once and before its first worker: its logs join ours, its metrics can be
 * read, and signals are left to the process, since a worker that handles them itself would stop before what depends on
 * it.
 *
 * The SDK serves its metrics on its own port and does not say which, so a free one of this machine is found for
 * it; the process's own `/metrics` passes them on.
 *
 * @throws IllegalStateError when the SDK's runtime is in use already.
 */
export async function installRuntimeTelemetry(logger: Logger): Promise<RuntimeTelemetry> {
  const address = `127.0.0.1:${await freePort()}`;
  const runtime = Runtime.install({
    logger: temporalLogger(logger),
    telemetryOptions: {
      logging: { filter: { core: 'WARN', other: 'ERROR' }, forward: {} },
      metrics: {
        prometheus: {
          bindAddress: address,
          countersTotalSuffix: true,
          unitSuffix: true,
          useSecondsForDurations: true,
        },
        attachServiceName: false,
      },
    },
    shutdownSignals: [],
  });
  return { sdkMetrics: () => scrape(`http://${address}/metrics`), stop: () => runtime.shutdown() };
}

/** Ours and the SDK's on one page; the SDK's silence never hides ours. */
export function joinedMetrics(
  own: () => Promise<string>,
  sdk: Pick<RuntimeTelemetry, 'sdkMetrics'>,
): () => Promise<string> {
  return async () => {
    const [ours, theirs] = await Promise.all([own(), sdk.sdkMetrics()]);
    return ours.endsWith('\n') ? ours + theirs : `${ours}\n${theirs}`;
  };
}

async function scrape(url: string): Promise<string> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(scrapeTimeoutMs) });
    return response.ok ? await response.text() : '';
  } catch {
    return '';
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
