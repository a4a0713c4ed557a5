import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { findChromium, launchArguments } from '../scripts/lib/chromium.mjs';

const main = path.join(import.meta.dirname, '..', 'dist', 'src', 'cli', 'main.js');

/** A slow mobile line, as Lighthouse has it, and a desk that is four times slower than this machine. */
const line = { offline: false, latency: 150, downloadThroughput: (1.6e6 / 8) * 0.9, uploadThroughput: 750e3 / 8 };
const cpuSlowdown = 4;

const addresses = { overview: '/', clients: '/clients', 'audit log': '/audit' };

/** What a reader sees when, on a slow line: shell, heading, first content; with an empty cache and again with a full one. */
export async function firstView({ quick, say }) {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'lowwater-bench-'));
  const child = spawn(process.execPath, [main, 'start', '--json', '--port', '0', '--data-dir', dataDir], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const browser = await chromium.launch({ executablePath: await findChromium(), args: launchArguments });
  try {
    const [output] = await Promise.race([
      once(child.stdout, 'data'),
      once(child, 'exit').then(() => Promise.reject(new Error('start ended unexpectedly'))),
    ]);
    const ready = JSON.parse(String(output));
    const runs = [];
    for (const [name, address] of Object.entries(addresses)) {
      const seen = [];
      for (let run = 0; run < (quick ? 1 : 3); run++) seen.push(...(await views(browser, ready, address)));
      for (const cache of ['empty', 'full']) {
        const view = medianOf(seen.filter((one) => one.cache === cache));
        runs.push({ name, ...view, cache });
        say(
          `   ${name.padEnd(10)} ${`${cache} cache`.padEnd(12)} shell ${seconds(view.shellMs)}, heading ${seconds(view.headingMs)}, ` +
            `idle ${seconds(view.idleMs)}; ${view.requests} requests, ${Math.round(view.bytes / 1000)} kB, layout shift ${view.shift.toFixed(3)}`,
        );
      }
    }
    return { line, cpuSlowdown, views: runs };
  } finally {
    await browser.close();
    child.kill('SIGINT');
    await once(child, 'exit');
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** One new browser: the first view of a page, and the same page again. */
async function views(browser, ready, address) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-US' });
  try {
    const login = await context.request.post(`${ready.api}/v1/session`, { data: ready.login });
    if (!login.ok()) throw new Error(`the login failed: ${login.status()}`);
    return [
      { cache: 'empty', ...(await view(context, ready.api + address)) },
      { cache: 'full', ...(await view(context, ready.api + address)) },
    ];
  } finally {
    await context.close();
  }
}

async function view(context, url) {
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', line);
  await session.send('Emulation.setCPUThrottlingRate', { rate: cpuSlowdown });
  let requests = 0;
  let bytes = 0;
  session.on('Network.requestWillBeSent', () => requests++);
  session.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength));
  await page.addInitScript(watch);
  await page.goto(url, { waitUntil: 'commit' });
  await page.waitForFunction(() => globalThis['seen'].headingMs !== null, null, { timeout: 60_000, polling: 50 });
  // The stream of events never ends, so the network is never idle: nothing new for a second is.
  await page.waitForFunction(() => performance.now() - globalThis['seen'].changedMs > 1000, null, {
    timeout: 60_000,
    polling: 100,
  });
  const seen = await page.evaluate(() => ({
    ...globalThis['seen'],
    shellMs: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Infinity,
    idleMs: globalThis['seen'].changedMs,
  }));
  await page.close();
  return { ...seen, requests, bytes };
}

/** In the page: when its own heading is there, when it last changed, and how far it jumped. */
function watch() {
  globalThis['seen'] = { headingMs: null, changedMs: 0, shift: 0 };
  new PerformanceObserver((list) => {
    /** @type {any[]} */
    const shifts = list.getEntries();
    for (const entry of shifts) if (!entry.hadRecentInput) globalThis['seen'].shift += entry.value;
  }).observe({ type: 'layout-shift', buffered: true });
  new MutationObserver(() => {
    const now = performance.now();
    // Of the shell that the document brings, the heading is no content yet.
    const heading = document.querySelector('#main h1');
    if (heading?.textContent?.trim() && globalThis['seen'].headingMs === null) globalThis['seen'].headingMs = now;
    globalThis['seen'].changedMs = now;
  }).observe(document, { childList: true, subtree: true });
}

function medianOf(all) {
  const middle = (key) => all.map((one) => one[key]).sort((a, b) => a - b)[Math.floor(all.length / 2)];
  return Object.fromEntries(
    ['shellMs', 'headingMs', 'idleMs', 'requests', 'bytes', 'shift'].map((key) => [key, middle(key)]),
  );
}

const seconds = (ms) => `${(ms / 1000).toFixed(2)} s`;
