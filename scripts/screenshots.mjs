import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { findChromium, launchArguments } from './lib/chromium.mjs';
import { elapsed, fail, helpIfAsked, inRoot, say } from './lib/project.mjs';

helpIfAsked(`
Usage: npm run screenshots [-- PAGE...] [-- --docs]

Starts Lowwater with its demo data in a temporary folder and takes a picture of every page, light and dark, wide and
narrow, into screenshots/ (which git ignores).
  npm run screenshots                    all pages of test/browser/pages.json
  npm run screenshots -- overview rates  some of them
  npm run screenshots -- --docs          the few that docs/ shows, into docs/images
Chromium is found as by the browser tests: CHROMIUM_PATH, the system's, else the one of the npm packages.
Exit code: 0 all taken, 1 something failed.
`);

/** What docs/web.md shows; small enough for a repository. */
const inDocs = ['overview', 'clients', 'client', 'profile', 'credit', 'notification'];
const mostBytes = 150_000;

const sizes = { wide: { width: 1440, height: 900 }, narrow: { width: 360, height: 740 } };
const schemes = ['light', 'dark'];

/** Objects that are in the demo data from the start, or some seconds later. */
const paths = {
  // accepted, as the demo's first emails are some seconds after the start
  notification: '/v1/notifications?status=accepted&limit=1',
  // with weeks behind it
  client: '/v1/clients?q=Dnipro&limit=1',
  // that of the manuals
  profile: '/v1/profiles?name=default&limit=1',
  job: '/v1/jobs?kind=set_credit_limit&limit=1',
  payment: '/v1/payments?limit=1',
  event: '/v1/events?limit=1',
  company: '/v1/companies?limit=1',
  reseller: '/v1/resellers?kind=reseller&limit=1',
  rateTable: '/v1/rate-tables?limit=1',
  rateNotification: '/v1/rate-notifications?limit=1',
  template: '/v1/client-templates?limit=1',
  import: '/v1/imports?limit=1',
};

const args = process.argv.slice(2);
const forDocs = args.includes('--docs');
const asked = args.filter((argument) => !argument.startsWith('-'));
const all = JSON.parse(readFileSync(inRoot('test/browser/pages.json'), 'utf8'));
const unknown = asked.filter((name) => !all.some((page) => page.name === name));
if (unknown.length > 0) {
  fail(`There is no page ${unknown.join(', ')}.`, `Choose of: ${all.map(({ name }) => name).join(', ')}.`);
}
const pages = all.filter(({ name }) => (forDocs ? inDocs.includes(name) : asked.length === 0 || asked.includes(name)));

const since = performance.now();
const folder = mkdtempSync(path.join(os.tmpdir(), 'lowwater-pictures-'));
// Started by root, PostgreSQL runs as another user, who has to get in.
chmodSync(folder, 0o755);
const { ready, stop } = await startLowwater(path.join(folder, 'data'));
const browser = await chromium.launch({ executablePath: await findChromium(), args: launchArguments });
try {
  await startJobs();
  const ids = await idsOf(forDocs ? [...pages, { address: '/clients/:client' }] : pages);
  if (forDocs) await picturesForDocs(ids);
  else for (const scheme of schemes) for (const size of Object.keys(sizes)) await pictures(scheme, size, ids);
} finally {
  await browser.close();
  await stop();
  rmSync(folder, { recursive: true, force: true });
}
say(`${forDocs ? 'docs/images' : 'screenshots/'} in ${elapsed(since)}.`);

async function pictures(scheme, size, ids) {
  const page = await openBrowser(scheme, size);
  const target = inRoot('screenshots');
  mkdirSync(target, { recursive: true });
  for (const { name, address } of pages) {
    const kind = kindIn(address);
    if (kind !== null && ids[kind] === undefined) {
      say(`${name} left out: the demo data have no ${kind}`);
      continue;
    }
    await visit(page, address, ids);
    const file = path.join(target, `${name}-${scheme}-${size}.png`);
    await page.screenshot({ path: file, fullPage: true });
    say(`${path.relative(inRoot(), file)} (${elapsed(since)})`);
  }
  await page.context().close();
}

/** What a window shows, light: the pages, and what one does on them. */
async function picturesForDocs(ids) {
  const page = await openBrowser('light', 'wide');
  mkdirSync(inRoot('docs/images'), { recursive: true });
  for (const { name, address } of pages) {
    await visit(page, address, ids);
    await pictureForDocs(page, name);
  }
  await visit(page, '/', ids);
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Search or go to…' }).fill('Dnipro');
  await page.getByRole('dialog').getByText('Dnipro Telecom').first().waitFor();
  await pictureForDocs(page, 'find-client');
  await visit(page, '/clients/:client', ids);
  await page.getByRole('main').getByRole('button', { name: 'Record payment' }).click();
  await page.getByRole('dialog').getByRole('textbox', { name: 'Amount' }).fill('250');
  await still(page);
  await pictureForDocs(page, 'record-payment');
}

/** Of lower quality where it would be too large. */
async function pictureForDocs(page, name) {
  const file = inRoot('docs/images', `${name}.jpg`);
  for (let quality = 85; quality > 20; quality -= 10) {
    await page.screenshot({ path: file, type: 'jpeg', quality });
    if (statSync(file).size < mostBytes) break;
  }
  say(`${path.relative(inRoot(), file)}, ${Math.round(statSync(file).size / 1000)} kB (${elapsed(since)})`);
}

async function openBrowser(colorScheme, size) {
  const context = await browser.newContext({
    ...{ viewport: sizes[size], colorScheme, locale: 'en-US', timezoneId: 'Europe/Kyiv', reducedMotion: 'reduce' },
  });
  const answer = await context.request.post(`${ready.api}/v1/session`, { data: ready.login });
  if (!answer.ok()) throw new Error(`the login failed: ${answer.status()}`);
  const page = await context.newPage();
  // It is read once; on every picture it would take the room of the page.
  await page.addInitScript(() => sessionStorage.setItem('lowwater.demo-read', 'true'));
  return page;
}

/** Until nothing is asked of the service and nothing moves any more. */
async function visit(page, address, ids) {
  await page.goto(`${ready.api}${address.replace(/:(\w+)/, (_, kind) => ids[kind])}`);
  await page.getByRole('main').getByRole('heading', { level: 1 }).waitFor();
  await still(page);
}

async function still(page) {
  await page.waitForLoadState('networkidle');
  await page.evaluate(async () => {
    const ending = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
    await Promise.allSettled(ending.map(({ finished }) => finished));
  });
}

/** The kind of object whose id an address needs; null: none */
function kindIn(address) {
  return /:(\w+)/.exec(address)?.[1] ?? null;
}

async function idsOf(shown) {
  const found = {};
  for (const kind of new Set(shown.map(({ address }) => kindIn(address)))) {
    if (kind === null || !(kind in paths)) continue;
    const headers = { authorization: `Bearer ${ready.apiKey}` };
    for (let tries = 0; tries < 120 && !found[kind]; tries++) {
      const { data } = await (await fetch(`${ready.api}${paths[kind]}`, { headers })).json();
      // A payment goes by its client, whose ids they are.
      found[kind] = kind === 'payment' ? data[0] && `${data[0].clientId}/${data[0].id}` : data[0]?.id;
      if (!found[kind]) await new Promise((resolve) => setTimeout(resolve, 500));
    }
    if (!found[kind]) throw new Error(`no ${kind} within a minute`);
  }
  return found;
}

/** What the demo data lack: jobs, one of them with rows that are refused. */
async function startJobs() {
  const everybody = { query: '' };
  const jobs = [
    { kind: 'add_tags', parameters: { tags: ['2026'] }, selection: everybody, reason: 'new price list' },
    {
      ...{ kind: 'set_credit_limit', parameters: { creditLimit: { amount: '75.00', currency: 'USD' } } },
      ...{ selection: { query: 'q=Customer' }, reason: 'annual review' },
    },
  ];
  for (const job of jobs) {
    const answer = await fetch(`${ready.api}/v1/jobs`, {
      method: 'POST',
      headers: { authorization: `Bearer ${ready.apiKey}`, 'content-type': 'application/json' },
      body: JSON.stringify(job),
    });
    if (!answer.ok) throw new Error(`job ${job.kind}: ${answer.status} ${await answer.text()}`);
  }
}

async function startLowwater(dataDir) {
  const command = [inRoot('dist/src/cli/main.js'), 'start', '--json', '--port', '0', '--data-dir', dataDir];
  const child = spawn(process.execPath, command, { cwd: inRoot(), stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => child.once('close', resolve));
  const line = await new Promise((resolve, reject) => {
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
      if (output.includes('\n')) resolve(output);
    });
    void ended.then((code) => reject(new Error(`lowwater start ended with ${code}`)));
  });
  return {
    ready: JSON.parse(line),
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
