// What the policies of row-level security cost: the same pages of one reseller as the service, and as the reseller.
import { fill } from './lists.mjs';
import { dist, median, onPostgres } from './stack.mjs';

/** One of 20 resellers of the example data: every twentieth client is its own. */
const reseller = '2';
const clients = 20_000;

const byName = [{ name: 'name', descending: false }];
const byHeadroom = [{ name: 'headroomPercent', descending: false }];

/**
 * Name, query of the list, order, and whether all rows are counted.
 * @type {[name: string, query: string, sort: object[], withTotal: boolean][]}
 */
const pages = [
  ['page without filters', '', byName, false],
  ['total of all', '', byName, true],
  ['a rare text', 'q=client%2018000', byName, true],
  ['by external id', 'externalId=crm-18000', byName, false],
  ['by state', 'state=low,critical', byName, true],
  ['by headroom, lowest first', '', byHeadroom, true],
];

export function rowSecurity({ quick, say }) {
  return onPostgres(say, async (url) => {
    const { openDatabase } = dist('storage/system/database.js');
    const owner = openDatabase(url, { max: 1, statementTimeoutMs: 600_000 });
    const pools = ['service', 'reseller'].map((role) => openDatabase(url, { role, max: 1 }));
    try {
      await dist('storage/system/migrate.js').migrate(owner);
      await fill(owner, clients);
      return await measure(pools, quick ? 7 : 25, say);
    } finally {
      await Promise.all([owner, ...pools].map((sql) => sql.end()));
    }
  });
}

async function measure(pools, rounds, say) {
  const { clientList } = dist('storage/clients/client-list.js');
  const { readPage } = dist('storage/system/paging.js');
  const { findClient } = dist('storage/clients/clients.js');
  const { clientFilters, storedFilter } = dist('api/operations/clients/filters.js');
  const { filtersOfQuery } = dist('api/contract/query-selection.js');
  const now = Date.now();
  const requests = [
    ...pages.map(([name, query, sort, withTotal]) => ({
      name,
      work: (tx) =>
        readPage(
          tx,
          { limit: 20, cursor: null, sort, withTotal },
          clientList(tx, reseller, storedFilter(filtersOfQuery(clientFilters, query, '/query')), now),
        ),
    })),
    { name: 'one client', work: (tx) => findClient(tx, reseller, '1000', now) },
  ];
  const results = {};
  for (const { name, work } of requests) {
    const times = pools.map(() => []);
    for (let round = -1; round < rounds; round++) {
      for (const [index, sql] of pools.entries()) {
        const began = performance.now();
        await sql.begin(async (tx) => {
          await tx`select set_config('lowwater.reseller_id', ${reseller}, true)`;
          await work(tx);
        });
        // The first round fills the caches.
        if (round >= 0) times[index].push(performance.now() - began);
      }
    }
    const [service, scoped] = times.map(median);
    const ratio = Math.round((scoped / service) * 100) / 100;
    results[name] = { serviceMs: Math.round(service * 10) / 10, resellerMs: Math.round(scoped * 10) / 10, ratio };
    say(
      `   ${name.padEnd(28)}${service.toFixed(1).padStart(8)} ms as the service, ${scoped.toFixed(1)} ms as the reseller, ` +
        `${ratio.toFixed(2)} ×`,
    );
  }
  return results;
}
