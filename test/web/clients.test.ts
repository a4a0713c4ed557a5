import { ApiError } from '../../web/src/api/problems';
import { withoutCurrency, withoutFilter } from '../../web/src/list/request';
import type { ListFilter } from '../../web/src/list/definition';
import { cell } from '../../web/src/pages/clients/bulk/results-csv';
import { BulkRun, inBatches, type RunState, type Target, type Task } from '../../web/src/pages/clients/bulk/run';
import { clientErrors, inputOf, patchOf, valuesOf, type Client } from '../../web/src/pages/clients/form/client-values';
import { effectsOf } from '../../web/src/pages/clients/form/effects';

const money = (amount: string) => ({ amount, currency: 'USD' });
const client: Client = {
  id: '13',
  name: 'Customer B',
  resellerId: '1',
  resellerName: 'Company Name',
  managerId: '4',
  managerName: 'Manager',
  profileId: '2',
  profileName: 'default',
  currency: 'USD',
  balanceModel: 'prepaid',
  openingBalance: '0.00',
  creditLimit: '100.00',
  status: 'active',
  billingEmail: 'billing@example.com',
  ownerEmail: null,
  warningThresholds: [],
  checkEveryMinutes: 60,
  timezone: 'UTC',
  locale: 'en',
  paymentTerms: '7/7',
  tags: ['vip'],
  externalId: null,
  balance: { available: money('80.00'), live: money('-20.00'), fixed: money('0.00') },
  state: 'ok',
  stateSince: '2026-03-01T10:00:00Z',
  lastCheckAt: null,
  nextCheckAt: null,
  overdue: false,
  unhealthyReason: null,
  nearestThreshold: money('50.00'),
  headroom: { ...money('30.00'), percent: 60 },
  temporaryCredit: null,
  lastNoticeAt: null,
  lastChargeAt: null,
  mailFailing: false,
  recipientMissing: false,
  version: 3,
  createdAt: '2026-03-01T10:00:00Z',
  updatedAt: '2026-03-01T10:00:00Z',
  serverTime: '2026-03-01T10:00:00Z',
};
const values = (changes: object = {}) => ({ ...valuesOf(client, '1'), ...changes });

describe('the form of a client', () => {
  it('sends only what was changed', () => {
    expect(patchOf(values(), client)).toEqual({});
    expect(patchOf(values({ paymentTerms: ' ', tags: ['vip', 'new'], reason: 'asked for' }), client)).toEqual({
      paymentTerms: null,
      tags: ['vip', 'new'],
      reason: 'asked for',
    });
  });

  it('makes a client of what was filled in', () => {
    const input = inputOf({ ...valuesOf(null, '7'), name: ' Acme ', currency: 'EUR', openingBalance: '12.50' });
    expect(input).toMatchObject({ name: 'Acme', resellerId: '7', openingBalance: '12.50', profileId: null });
    expect(input).not.toHaveProperty('reason');
    // Left empty: the reseller's.
    expect(input).toMatchObject({ locale: null, timezone: null });
    expect(inputOf(values())).toMatchObject({ locale: 'en', timezone: 'UTC' });
  });

  it('finds nothing wrong with a client as it is', () => {
    expect(Object.values(clientErrors(values())).filter((fault) => fault !== null)).toEqual([]);
  });

  it.each([
    [{ name: ' ' }, '#/name'],
    [{ creditLimit: '' }, '#/creditLimit'],
    [{ creditLimit: 'much' }, '#/creditLimit'],
    [{ billingEmail: 'бухгалтер@example.com' }, '#/billingEmail'],
    [{ warningThresholds: ['75%'] }, '#/warningThresholds'],
    [{ warningThresholds: ['soon'] }, '#/warningThresholds'],
    [{ checkEveryMinutes: '' }, '#/checkEveryMinutes'],
    [{ tags: ['x'.repeat(51)] }, '#/tags'],
  ] as const)('refuses %j', (changes, pointer) => {
    const faults = clientErrors(values(changes));
    expect(Object.entries(faults).flatMap(([at, fault]) => (fault === null ? [] : at))).toEqual([pointer]);
  });

  it('takes shares of the limit for a postpaid client', () => {
    const faults = clientErrors(values({ balanceModel: 'postpaid', warningThresholds: ['75%', '950.00'] }));
    expect(faults['#/warningThresholds']).toBeNull();
  });
});

describe('what saving a client does', () => {
  const texts = (changes: object): string[] => effectsOf(values(changes), client).map(({ text }) => text);

  it('is nothing beyond the fields where nothing that counts was changed', () => {
    expect(effectsOf(values({ name: 'Another' }), client)).toEqual([]);
  });

  it('tells where another credit limit takes the available balance', () => {
    expect(texts({ creditLimit: '150.00' })).toEqual(['Available changes from 80.00\u00a0USD to 130.00\u00a0USD.']);
    expect(effectsOf(values({ creditLimit: '60.00' }), client).map(({ isWarning }) => isWarning)).toEqual([
      false,
      true,
    ]);
    expect(texts({ creditLimit: '60.00' })[1]).toContain('Below the nearest threshold of 50.00');
  });

  it('warns of what nobody would hear of', () => {
    expect(texts({ billingEmail: '' })).toHaveLength(1);
    expect(texts({ profileId: '' })).toHaveLength(2);
    expect(texts({ status: 'stop' })).toHaveLength(1);
    expect(texts({ balanceModel: 'unlimited' })).toHaveLength(1);
  });
});

describe('a run over many clients', () => {
  const targets = (count: number) => {
    const clients = Array.from({ length: count }, (_, index) => ({ id: String(index), name: `Client ${index}` }));
    return { total: count, batches: () => inBatches(clients) };
  };
  const waitFor = async (run: BulkRun, isReached: (state: RunState) => boolean) => {
    await new Promise<void>((resolve) => {
      const check = (): void => {
        if (isReached(run.state())) resolve();
      };
      run.subscribe(check);
      check();
    });
    return run.state();
  };
  const ended = (run: BulkRun) => waitFor(run, () => run.isOver);
  const manyNotified = (count: number) => {
    const none = { count: 0, data: [] };
    const both = { before: 0, after: 0 };
    const at = '2026-03-10T12:00:00Z';
    const preview = {
      clients: count,
      at,
      notified: both,
      low: both,
      newlyNotified: { count, data: [] },
      noLongerNotified: none,
    };
    return new ApiError(409, { code: 'confirmation_required', preview });
  };
  const refusal = (status: number, code: string) => new ApiError(status, { code });
  const evenOnly = async ({ id }: Target): Promise<string> => {
    if (Number(id) % 2 === 1) throw refusal(409, 'conflict');
    return 'fine';
  };

  it('has an outcome for every client, and does again what failed', async () => {
    const run = new BulkRun({ one: evenOnly }, targets(5));
    const { phase, results } = await ended(run);
    expect(phase).toBe('finished');
    expect(results.filter(({ isDone }) => isDone).map(({ client: { id } }) => id)).toEqual(['0', '2', '4']);
    expect((await ended(run.again())).results).toHaveLength(2);
  });

  it('asks for a batch at once, and for each alone where one does not fit', async () => {
    const sizes: number[] = [];
    const task: Task = {
      one: evenOnly,
      async many(clients) {
        sizes.push(clients.length);
        if (clients.length === 200) throw refusal(409, 'conflict');
        return 'at once';
      },
    };
    const { results } = await ended(new BulkRun(task, targets(300)));
    expect(sizes).toEqual([200, 100]);
    expect(results.filter(({ isDone }) => !isDone)).toHaveLength(100);
    expect(results).toHaveLength(300);
  });

  it('asks once before a batch notifies many clients, then goes on with the numbers', async () => {
    const sent: [number, number | undefined][] = [];
    const task: Task = {
      one: evenOnly,
      async many(clients, confirmed) {
        sent.push([clients.length, confirmed]);
        if (confirmed !== clients.length) throw manyNotified(clients.length);
        return 'assigned';
      },
    };
    const run = new BulkRun(task, targets(300));
    await waitFor(run, ({ phase }) => phase === 'confirming');
    expect(run.isOver).toBe(false);
    expect(run.state().impact?.newlyNotified.count).toBe(200);
    run.confirm();
    const { phase, results, impact } = await ended(run);
    expect([phase, results.length, impact]).toEqual(['finished', 300, null]);
    expect(sent).toEqual([
      [200, undefined],
      [200, 200],
      [100, undefined],
      [100, 100],
    ]);
  });

  it('changes no client of a batch that is not confirmed', async () => {
    const one = async (): Promise<string> => {
      throw new Error('no client is changed alone');
    };
    const many = async (clients: readonly Target[]): Promise<string> => {
      throw manyNotified(clients.length);
    };
    const run = new BulkRun({ one, many }, targets(300));
    await waitFor(run, ({ phase }) => phase === 'confirming');
    run.stop();
    expect(await ended(run)).toMatchObject({ phase: 'stopped', results: [] });
  });

  it('finishes what has begun when it is stopped, and leaves the others alone', async () => {
    const begun: string[] = [];
    let run: BulkRun | null = null;
    const one = async ({ id }: Target): Promise<string> => {
      begun.push(id);
      await Promise.resolve();
      run?.stop();
      return 'fine';
    };
    run = new BulkRun({ one }, targets(100));
    const { phase, results } = await ended(run);
    expect(phase).toBe('stopped');
    expect(results.map(({ client: { id } }) => id).sort()).toEqual(begun.sort());
    expect(begun.length).toBeLessThan(100);
  });

  it('gives up where nobody answers', async () => {
    const one = async (): Promise<string> => {
      throw refusal(503, 'temporal_unavailable');
    };
    const { phase, results } = await ended(new BulkRun({ one }, targets(1000)));
    expect(phase).toBe('gave_up');
    expect(results.length).toBeLessThan(20);
  });

  it('says why the clients could not be read', async () => {
    const batches = async function* (): AsyncIterable<readonly Target[]> {
      yield [{ id: '1', name: 'One' }];
      throw refusal(400, 'invalid_request');
    };
    const { phase, error } = await ended(new BulkRun({ one: evenOnly }, { total: 2, batches }));
    expect(phase).toBe('gave_up');
    expect(error).toMatchObject({ status: 400 });
  });

  it('writes its results so that no spreadsheet runs them', () => {
    expect(['=1+1', 'a,b', 'say "hi"', 'Customer B'].map(cell)).toEqual([
      "'=1+1",
      '"a,b"',
      '"say ""hi"""',
      'Customer B',
    ]);
  });
});

describe('filters of amounts', () => {
  const own: ListFilter = { kind: 'text', label: 'common.name', parameter: 'currency' };
  const amount: ListFilter = {
    kind: 'money',
    label: 'common.name',
    from: 'availableFrom',
    to: 'availableTo',
    currency: 'currency',
    keepsCurrency: true,
  };

  it('leave a currency that is a filter of its own', () => {
    expect(withoutFilter(amount)).toEqual({ availableFrom: '', availableTo: '' });
    expect(withoutFilter({ ...amount, keepsCurrency: false })).toHaveProperty('currency', '');
  });

  it('go with their currency', () => {
    expect(withoutCurrency([own, amount], { availableFrom: '5' })).toEqual({ availableFrom: '', availableTo: '' });
    expect(withoutCurrency([own, amount], { availableFrom: '5', currency: 'USD' })).toEqual({});
  });
});
