import { claimPort, freePorts } from '../../../src/cli/process/ports.js';
import type { Config } from '../../../src/config.js';

const names = ['api', 'worker', 'postgres', 'temporal', 'temporalUi', 'smtp', 'mailbox', 'gateway'] as const;

/** The ports of all parts, on 127.0.0.1. */
export type Ports = Record<(typeof names)[number], number>;

/** Where the parts are found when no port is asked for; the API's and the worker's are settings. */
const defaults = {
  postgres: 54_329,
  temporal: 7233,
  temporalUi: 8233,
  smtp: 1025,
  mailbox: 8025,
  gateway: 8026,
} as const;

/**
 * Chooses the ports: with `--port 0` free ones for all parts, else the given one for the API and the fixed ones for the
 * rest. Ports of the parts that run in node processes are checked here, before anything is started; PostgreSQL and
 * Temporal check their own, after a leftover of theirs has been ended.
 *
 * @param wantsDemo the sandbox payment gateway starts, too
 * @throws StartError naming a port that is taken, who holds it, and the remedy
 */
export async function choosePorts(asked: number | undefined, config: Config, wantsDemo: boolean): Promise<Ports> {
  if (asked === 0) return freePorts(names);
  const ports = { ...defaults, api: asked ?? config.API_PORT, worker: config.WORKER_OPS_PORT };
  const elsewhere = 'Stop that process, or use free ports with --port 0.';
  await claimPort(ports.api, 'the API', 'Stop that process, or choose another port with --port N (0: any free port).');
  await claimPort(ports.worker, "the worker's metrics", `${elsewhere} WORKER_OPS_PORT sets this one.`);
  if (config.SMTP_URL === undefined) {
    await claimPort(ports.smtp, 'the mailbox (SMTP)', `${elsewhere} With SMTP_URL set, no mailbox starts.`);
    await claimPort(ports.mailbox, 'the mailbox (page)', `${elsewhere} With SMTP_URL set, no mailbox starts.`);
  }
  if (wantsDemo)
    await claimPort(ports.gateway, 'the sandbox payment gateway', `${elsewhere} With --empty, none starts.`);
  return ports;
}
