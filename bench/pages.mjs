// What open pages cost the ledger, and how long the preview of a large profile takes.
import http from 'node:http';
import { createRequire } from 'node:module';
import { inParallel } from '../scripts/lib/in-parallel.mjs';
import { dist, median, onPostgres } from './stack.mjs';

const pino = createRequire(import.meta.url)('pino');

export function pages({ quick, say }) {
  return onPostgres(say, async (url) => {
    const sql = dist('storage/system/database.js').openDatabase(url, { max: 4 });
    try {
      await dist('storage/system/migrate.js').migrate(sql);
      const key = await prepare(sql);
      return {
        preview: await preview(url, key, say),
        stream: await stream(url, key, quick ? 3 : 7, quick ? 1500 : 4000, say),
      };
    } finally {
      await sql.end();
    }
  });
}

const clients = 10_000;

async function prepare(sql) {
  await sql`insert into resellers (id, kind, name, email, path) values (1, 'operator', 'Bench', 'owner@bench.example', '{1}')`;
  await sql`insert into profiles (id, reseller_id, name, currency, max_notifications, period_hours) values (1, 1, 'default', 'USD', 3, 24)`;
  await sql`insert into profile_rules (profile_id, key, position, threshold, notify_role) values
    (1, 'user', 0, 100, true), (1, 'client', 1, 50, true), (1, 'advanced:idle', 2, 10, true)`;
  await sql`insert into clients (id, reseller_id, profile_id, name, currency, balance_model, billing_email)
    select n, 1, 1, 'Client ' || n, case when n % 10 = 0 then 'EUR' else 'USD' end, 'prepaid', 'billing@c' || n || '.example'
    from generate_series(1, ${clients}) n`;
  await sql`insert into exchange_rates (from_currency, to_currency, at, rate, created_by) values ('EUR', 'USD', '2020-01-01', 1.1, 'bench')`;
  await sql`insert into balances (client_id, live) select n, n % 300 from generate_series(1, ${clients}) n`;
  await sql`insert into monitors (client_id, state, rules)
    select n, 'ok', '{"user":[1,1700000000,1,1,1700000000,0],"client":[0,null,1,0,null,0],"advanced:idle":[0,null,1,0,null,0]}'
    from generate_series(1, ${clients}) n`;
  await sql`analyze`;
  const scope = dist('storage/system/scope.js').operatorScope(sql, '1');
  const requester = { scope, actor: { id: 'system', source: 'system' }, now: Date.now() };
  const created = { resellerId: '1', name: 'bench', scopes: ['*'] };
  const { key } = await dist('services/access/create-api-key.js').createApiKey(requester, created);
  return key;
}

async function withApi(databaseUrl, work) {
  const config = dist('config.js').loadConfig({
    DATABASE_URL: databaseUrl,
    API_PORT: '0',
    RATE_LIMIT_PER_MINUTE: '0',
    LOG_LEVEL: 'silent',
  });
  const temporal = { ping: async () => undefined, uiUrl: () => null };
  const api = await dist('api/server.js').startApi(config, {
    logger: pino({ level: 'silent' }),
    temporal,
    version: 'bench',
  });
  try {
    return await work(api.url);
  } finally {
    await api.stop();
  }
}

async function preview(databaseUrl, key, say) {
  return withApi(databaseUrl, async (url) => {
    const body = {
      profileId: '1',
      profile: {
        name: 'default',
        currency: 'USD',
        maxNotifications: 3,
        userRule: { threshold: '150.00', notifyOwner: true },
        clientRule: { threshold: '60.00', notifyClient: true },
      },
    };
    const times = [];
    for (let n = 0; n < 10; n++) {
      const from = performance.now();
      await post(url, key, '/v1/profiles/preview', body, 200);
      times.push(performance.now() - from);
    }
    const milliseconds = median(times);
    say(`   preview of a profile with ${clients} clients: ${milliseconds.toFixed(0)} ms`);
    return { clients, milliseconds };
  });
}

/** Charges of one caller over 8 connections, in rounds by turns without and with 20 open streams. */
async function stream(databaseUrl, key, rounds, charges, say) {
  return withApi(databaseUrl, async (url) => {
    /** @type {Record<'without' | 'with', number[]>} */
    const rates = { without: [], with: [] };
    let id = 0;
    const round = async () => {
      const ids = Array.from({ length: charges }, () => ++id);
      const from = performance.now();
      await inParallel(ids, 8, async (chargeId) => {
        const clientId = (chargeId % clients) + 1;
        const charge = { id: `c${chargeId}`, amount: '0.01', currency: clientId % 10 === 0 ? 'EUR' : 'USD' };
        await post(url, key, `/v1/clients/${clientId}/charges`, charge, 201);
      });
      return (charges * 1000) / (performance.now() - from);
    };
    await round();
    for (let n = 0; n < rounds; n++) {
      rates.without.push(await round());
      const streams = Array.from({ length: 20 }, () => openStream(url, key));
      await Promise.all(streams.map(({ opened }) => opened));
      rates.with.push(await round());
      for (const { close } of streams) close();
    }
    const figures = { without: median(rates.without), with: median(rates.with) };
    say(`   charges per second: ${figures.without.toFixed(0)} without, ${figures.with.toFixed(0)} with 20 streams`);
    say(`   with / without: ${(figures.with / figures.without).toFixed(2)}`);
    return { ...figures, ratio: figures.with / figures.without };
  });
}

const agent = new http.Agent({ keepAlive: true, maxSockets: 8 });

function post(url, key, address, body, wanted) {
  return new Promise((resolve, reject) => {
    const text = JSON.stringify(body);
    const headers = {
      Authorization: `Bearer ${key}`,
      'Content-Type': 'application/json',
      'Content-Length': text.length,
    };
    const request = http.request(url + address, { method: 'POST', agent, headers }, (answer) => {
      let got = '';
      answer.on('data', (chunk) => (got += chunk));
      answer.on('end', () => (answer.statusCode === wanted ? resolve(got) : reject(new Error(got))));
    });
    request.on('error', reject);
    request.end(text);
  });
}

function openStream(url, key) {
  const headers = { Authorization: `Bearer ${key}`, Accept: 'text/event-stream' };
  const request = http.request(`${url}/v1/stream`, { headers, agent: false });
  const opened = new Promise((resolve, reject) => {
    request.once('response', (answer) => {
      answer.resume();
      answer.on('error', () => undefined);
      resolve(null);
    });
    request.once('error', reject);
  });
  request.on('error', () => undefined);
  request.end();
  return { opened, close: () => request.destroy() };
}
