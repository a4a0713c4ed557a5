import { startApi } from './api.mjs';
import { dist, median, onPostgres } from './stack.mjs';

const clients = 100_000;

/** What a page asks, by the name under which it is reported; the first is what the others are compared with. */
const requests = {
  'page without filters': '/v1/clients',
  'total of all': '/v1/clients?include=total',
  'a rare text': '/v1/clients?q=client%2077777&include=total',
  'a text of two letters': '/v1/clients?q=cl&include=total',
  'by state': '/v1/clients?state=low,critical&include=total',
  'by headroom, lowest first': '/v1/clients?sort=headroomPercent&include=total',
  'within 10 % of the threshold': '/v1/clients?headroomFrom=0&headroomTo=10&include=total',
  'available in a range': '/v1/clients?currency=EUR&availableFrom=-10&availableTo=100&include=total',
  'last notice, newest first': '/v1/clients?sort=-lastNoticeAt&include=total',
  'inactive for 20 days': '/v1/clients?inactiveDays=20&include=total',
  'no recipients': '/v1/clients?recipientMissing=true&include=total',
  'with runway': '/v1/clients?include=runway',
  search: '/v1/search?q=client%2077777',
  summary: '/v1/overview/summary',
  headroom: '/v1/overview/headroom',
  'shortest runway': '/v1/overview/runway',
  upcoming: '/v1/overview/upcoming',
  'states over 30 days': '/v1/overview/series?metric=states&step=day',
  'all as CSV': '/v1/exports/clients.csv',
};

/** Requests of the pages over 100,000 clients, compared with the plain first page. */
export function lists({ quick, say }) {
  return onPostgres(say, async (url) => {
    const { openDatabase } = dist('storage/system/database.js');
    const sql = openDatabase(url, { max: 8, statementTimeoutMs: 600_000 });
    try {
      await dist('storage/system/migrate.js').migrate(sql);
      await fill(sql, clients);
      const service = openDatabase(url, { role: 'service', max: 8 });
      return await measureRequests(service, requests, { rounds: quick ? 5 : 15, say }).finally(() => service.end());
    } finally {
      await sql.end();
    }
  });
}

/** Sends each request several times; the first is what the others are compared with. */
export async function measureRequests(sql, requests, { rounds, say }) {
  const { url, headers, stop } = await startApi(sql);
  const results = {};
  for (const [name, address] of Object.entries(requests)) {
    const times = [];
    for (let round = 0; round < (address.startsWith('/v1/exports') ? 2 : rounds); round++) {
      const began = performance.now();
      const reply = await fetch(url + address, { headers });
      const text = await reply.text();
      if (reply.status !== 200) throw new Error(`${address}: ${text}`);
      times.push(performance.now() - began);
    }
    const ms = median(times);
    const plain = Object.values(results)[0]?.ms ?? ms;
    results[name] = { ms: Math.round(ms * 10) / 10, ratio: Math.round((ms / plain) * 10) / 10 };
    say(`   ${name.padEnd(32)}${ms.toFixed(1).padStart(8)} ms, ${(ms / plain).toFixed(1)} × the first page`);
  }
  await stop();
  return results;
}

/** 20 resellers, 50 profiles in two currencies, clients with a month of charges and some of everything else. */
export async function fill(sql, clients) {
  await sql`insert into resellers (id, kind, name, email, path) values (1, 'operator', 'Bench', 'o@bench.example', '{1}')`;
  await sql`insert into resellers (id, parent_id, kind, name, path)
    select n, 1, 'reseller', 'Reseller ' || n, array[1, n] from generate_series(2, 21) n`;
  await sql`insert into exchange_rates (from_currency, to_currency, at, rate, created_by)
    select 'EUR', 'USD', now() - n * interval '1 day', 1.1, 'bench' from generate_series(0, 400) n`;
  await sql`insert into profiles (id, reseller_id, name, currency, period_hours)
    select n, 1, 'profile ' || n, 'USD', 24 from generate_series(1, 50) n`;
  await sql`insert into profile_rules (profile_id, key, position, threshold, notify_role)
    select n, k.key, k.position, k.threshold + n, true
    from generate_series(1, 50) n, (values ('user', 0, 100), ('client', 1, 50)) k (key, position, threshold)`;
  await sql`insert into clients (id, reseller_id, profile_id, name, currency, balance_model, credit_limit, billing_email,
      external_id, warning_thresholds)
    select n, 2 + n % 20, 1 + n % 50, 'Client ' || n, case n % 3 when 0 then 'EUR' else 'USD' end,
      case when n % 20 = 0 then 'unlimited' when n % 4 = 0 then 'postpaid' else 'prepaid' end, n % 7 * 100,
      case when n % 97 > 0 then 'billing' || n || '@bench.example' end, 'crm-' || n,
      case when n % 10 = 0 then '{25.00}'::text[] else '{}' end
    from generate_series(1, ${clients}) n`;
  await sql`insert into balances (client_id, live, last_charge_at)
    select n, (n * 7919) % 100000 / 50.0 - 200, now() - n % 40 * interval '1 day' from generate_series(1, ${clients}) n`;
  await sql`insert into monitors (client_id, state, state_since, next_check_at, last_check_at, last_notice_at)
    select n, (array['ok', 'ok', 'ok', 'ok', 'ok', 'ok', 'low', 'critical', 'exhausted', 'paused'])[1 + n % 10],
      now() - n % 60 * interval '1 day', now() + n % 86400 * interval '1 second', now(),
      case when n % 5 = 0 then now() - n % 1000 * interval '1 hour' end
    from generate_series(1, ${clients}) n`;
  await sql`insert into checks (client_id, at, kind, state, available, verdicts)
    select n, now() - (n % 60 + step * 3) * interval '1 day', 'scheduled', case step % 2 when 0 then 'low' else 'ok' end, 1, '[]'
    from generate_series(1, ${clients}, 4) n, generate_series(0, 2) step`;
  await sql`insert into charge_days (client_id, day, amount)
    select n, current_date - d, 1 + (n * d) % 50 from generate_series(1, ${clients}) n, generate_series(0, 30) d`;
  await sql`analyze`;
}
