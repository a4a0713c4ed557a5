import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { chromium, type Browser } from 'playwright-core';
import type { ReadyLine } from '../../../local-stack/src/start/ready-line.js';
import { makeDataDir, recordedProcesses, startLowwater, type RunningLowwater } from '../../support/run/lowwater.js';
import { startSmtpSink, type SmtpSink } from '../../support/mail/smtp.js';
import { ApiCaller } from './api-caller.js';

const root = path.resolve(__dirname, '../../..');

/** One `lowwater start` with its demo data, one mail server, and one Chromium, for all journeys. */
export interface Stage {
  readonly ready: ReadyLine;
  readonly browser: Browser;
  /** accepts every email, or rejects it when a journey asks for that */
  readonly mail: SmtpSink;
  /** with the key of the first start: may do everything */
  readonly api: ApiCaller;
  /** the process id of a part, as it is now */
  pidOf(part: 'worker' | 'api'): number;
  stop(): Promise<void>;
}

let current: Stage | undefined;

/** @throws Error before browser.test.ts has set it */
export function stage(): Stage {
  if (!current) throw new Error('no stage: browser.test.ts sets it');
  return current;
}

export async function setStage(): Promise<void> {
  const { dataDir, remove } = makeDataDir();
  const mail = await startSmtpSink();
  const opened: { lowwater?: RunningLowwater; browser?: Browser } = {};
  const stop = async (): Promise<void> => {
    await opened.browser?.close();
    await opened.lowwater?.end('SIGTERM');
    await mail.stop();
    remove();
  };
  const args = ['--port', '0', '--data-dir', dataDir];
  try {
    const [lowwater, browser] = await Promise.all([
      startLowwater(args, 'node', { SMTP_URL: mail.url, WEBHOOK_ALLOW_LOOPBACK: 'true' }).then(
        (started) => (opened.lowwater = started),
      ),
      launchChromium().then((launched) => (opened.browser = launched)),
    ]);
    current = {
      ready: lowwater.ready,
      browser,
      mail,
      api: new ApiCaller(lowwater.ready.api, lowwater.ready.apiKey ?? ''),
      pidOf(part) {
        const mark = recordedProcesses(dataDir)[part];
        if (!mark) throw new Error(`no ${part} is recorded`);
        return mark.pid;
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

export async function clearStage(): Promise<void> {
  await current?.stop();
  current = undefined;
}

/** @throws Error that names what was tried when no Chromium starts here */
async function launchChromium(): Promise<Browser> {
  const finder = path.join(root, 'scripts/lib/chromium.mjs');
  const { stdout } = await promisify(execFile)(process.execPath, [finder]).catch((error: { stderr?: string }) => {
    throw new Error(error.stderr ?? String(error));
  });
  return chromium.launch({ executablePath: stdout, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
}
