import { newLedgerClient } from '../../support/data/ledger-client.js';
import { startTestApi, type TestApi } from '../../support/api/api.js';

/** A client's ledger as a list of rows: one for the charges of a day, one for each other entry. */

let api: TestApi;
let id: string;

interface Row {
  readonly kind: string;
  readonly at: string;
  readonly amount: string;
  readonly count: number;
  readonly liveAfter: string;
  readonly day: { readonly date: string; readonly from: string; readonly to: string } | null;
  readonly entry: { readonly id: string; readonly note: string | null } | null;
}

const brief = ({ day, entry, count, amount }: Row): string => `${day?.date ?? entry?.id} ${count} ${amount}`;
const activity = async (query = ''): Promise<Row[]> => {
  const answer = await api.get(`/v1/clients/${id}/activity${query}`);
  expect(answer).toHaveStatus(200);
  return answer.body.data;
};

beforeAll(async () => {
  api = await startTestApi();
  api.now = Date.parse('2026-03-31T12:00:00Z');
  id = await newLedgerClient(api);
  const post = (kind: string, body: object): Promise<unknown> =>
    api.post(`/v1/clients/${id}/${kind}`, { currency: 'USD', ...body });
  await post('payments', { id: 'pay-1', amount: '100.00', at: '2026-03-01T08:00:00Z', note: 'bank transfer' });
  // 22:30 UTC is the next day in Kyiv, before and after its clocks change on March 29.
  for (const [n, at] of [
    '2026-03-01T09:00:00Z',
    '2026-03-01T10:00:00Z',
    '2026-03-01T22:30:00Z',
    '2026-03-02T07:00:00Z',
    '2026-03-29T20:30:00Z',
    '2026-03-29T21:30:00Z',
  ].entries()) {
    await post('charges', { id: `cdr-${n}`, amount: `${n + 1}.25`, at });
  }
  await post('adjustments', { id: 'fix-1', amount: '-3.00', at: '2026-03-01T09:30:00Z' });
  await post('payments', { id: 'pay-2', amount: '50.00', at: '2026-03-30T08:00:00Z' });
});
afterAll(() => api.stop());

test('the charges of a day are one row with their count and sum; payments and corrections are single', async () => {
  const rows = await activity();
  expect(rows.map(brief)).toEqual([
    'pay-2 1 50.00',
    '2026-03-29 2 -11.50',
    '2026-03-02 1 -4.25',
    '2026-03-01 3 -6.75',
    'fix-1 1 -3.00',
    'pay-1 1 100.00',
  ]);
  expect(rows[1]).toMatchObject({
    kind: 'charge',
    at: '2026-03-29T21:30:00Z',
    liveAfter: '77.50',
    entry: null,
    day: { from: '2026-03-29T00:00:00Z', to: '2026-03-30T00:00:00Z' },
  });
  expect(rows[5]?.entry).toMatchObject({ id: 'pay-1', note: 'bank transfer' });
});

test('days are those of the zone, also when its clocks change', async () => {
  const rows = await activity('?timezone=Europe/Kyiv&kind=charge');
  expect(rows.map(brief)).toEqual([
    '2026-03-30 1 -6.25',
    '2026-03-29 1 -5.25',
    '2026-03-02 2 -7.50',
    '2026-03-01 2 -3.50',
  ]);
  expect(rows[1]?.day).toEqual({ date: '2026-03-29', from: '2026-03-28T22:00:00Z', to: '2026-03-29T21:00:00Z' });
});

test('a day opens to its charges, and their sum is that of the row', async () => {
  const [, row] = await activity('?timezone=Europe/Kyiv&kind=charge&sort=at');
  const { from = '', to = '' } = row?.day ?? {};
  const { body } = await api.get(`/v1/clients/${id}/entries?kind=charge&from=${from}&to=${to}`);
  expect(body.data.map((entry: { id: string }) => entry.id)).toEqual(['cdr-3', 'cdr-2']);
  expect(row?.amount).toBe('-7.50');
});

test('pages have rows, not entries: none is split, none is twice, and both directions agree', async () => {
  const seen: string[] = [];
  let cursor: string | null = null;
  let last: { prevCursor: string | null } = { prevCursor: null };
  do {
    const query: string = `?limit=2&include=total${cursor === null ? '' : `&cursor=${cursor}`}`;
    const { body } = await api.get(`/v1/clients/${id}/activity${query}`);
    expect(body.total).toBe(6);
    seen.push(...body.data.map(brief));
    cursor = body.nextCursor;
    last = body;
  } while (cursor !== null);
  expect(seen).toEqual((await activity()).map(brief));
  const back = await api.get(`/v1/clients/${id}/activity?limit=2&cursor=${last.prevCursor}`);
  expect(back.body.data.map(brief)).toEqual(seen.slice(2, 4));
});

test('a time range cuts a day, and the row says what is in it', async () => {
  const rows = await activity('?from=2026-03-01T09:30:00Z&to=2026-03-01T12:00:00Z');
  expect(rows.map(brief)).toEqual(['2026-03-01 1 -2.25', 'fix-1 1 -3.00']);
});

test.each(['Mars/Olympus', '+02:00', "UTC'; drop table clients; --"])('%s is no zone', async (zone) => {
  for (const path of ['activity', 'timeline']) {
    const answer = await api.get(`/v1/clients/${id}/${path}?timezone=${encodeURIComponent(zone)}`);
    expect(answer).toHaveStatus(400);
    expect(answer.body.errors[0].pointer).toBe('#/query/timezone');
  }
});

test('the file has every entry as a row', async () => {
  const answer = await api.get(`/v1/exports/ledger-entries.csv?clientId=${id}&columns=at,kind,id,amount&kind=charge`);
  expect(answer).toHaveStatus(200);
  const lines = answer.text.replace('\uFEFF', '').trim().split('\r\n');
  expect(lines).toHaveLength(7);
  expect(lines.slice(0, 2)).toEqual(['Time,Type,Reference,Amount', '2026-03-29T21:30:00Z,charge,cdr-5,-6.25']);
});

test('the file is of one client that the caller sees', async () => {
  expect(await api.get('/v1/exports/ledger-entries.csv')).toHaveStatus(400);
  const strange = await api.get('/v1/exports/ledger-entries.csv?clientId=99999');
  expect(strange).toHaveStatus(404);
  expect(strange.body.errors[0].pointer).toBe('#/query/clientId');
});

test('the timeline has the charges of each day', async () => {
  const query = '?from=2026-03-01T09:30:00Z&to=2026-03-03T00:00:00Z&timezone=Europe/Kyiv';
  const { body } = await api.get(`/v1/clients/${id}/timeline${query}`);
  expect(body.chargeDays).toEqual([
    { from: '2026-02-28T22:00:00Z', to: '2026-03-01T22:00:00Z', at: '2026-03-01T10:00:00Z', count: 1, amount: '-2.25' },
    { from: '2026-03-01T22:00:00Z', to: '2026-03-02T22:00:00Z', at: '2026-03-02T07:00:00Z', count: 2, amount: '-7.50' },
  ]);
});
