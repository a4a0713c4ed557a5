import { withoutCurrency, withoutFilter } from '../../../web/src/list/request';
import type { ListFilter } from '../../../web/src/list/definition';
import { emptyDraft } from '../../../web/src/pages/clients/bulk/job-draft';
import { jobForms, selectionExport, selectionInput } from '../../../web/src/pages/clients/bulk/job-forms';
import {
  clientErrors,
  hasIdleShare,
  inputOf,
  patchOf,
  valuesOf,
  type Client,
} from '../../../web/src/pages/clients/form/client-values';
import { effectsOf } from '../../../web/src/pages/clients/form/effects';
import { clientOf } from './client-data';

const money = (amount: string) => ({ amount, currency: 'USD' });
const client: Client = clientOf({
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
  paymentTermsId: '3',
  paymentTermsLabel: '7/7',
  paymentTermsName: 'Weekly',
  taxProfileId: null,
  taxProfileName: null,
  customerClassId: null,
  customerClassName: null,
  originationRateTableId: null,
  originationRateTableName: null,
  terminationRateTableId: null,
  terminationRateTableName: null,
  agreementId: null,
  agreementName: null,
  rateNotificationUnique: true,
  invoiceTemplateId: null,
  invoiceTemplateName: null,
  transfersAllowed: 'class',
  tags: ['vip'],
  externalId: null,
  balance: { available: money('80.00'), live: money('-20.00'), fixed: money('0.00'), lastKnown: null },
  state: 'ok',
  stateSince: '2026-03-01T10:00:00Z',
  lastCheckAt: null,
  nextCheckAt: null,
  overdue: false,
  unhealthyReason: null,
  nearestThreshold: { ...money('50.00'), approximate: false },
  headroom: { ...money('30.00'), percent: 60, approximate: false },
  temporaryCredit: null,
  lastNoticeAt: null,
  lastChargeAt: null,
  mailFailing: false,
  recipientMissing: false,
  version: 3,
  createdAt: '2026-03-01T10:00:00Z',
  updatedAt: '2026-03-01T10:00:00Z',
  serverTime: '2026-03-01T10:00:00Z',
});
const values = (changes: object = {}) => ({ ...valuesOf(client, '1'), ...changes });

describe('the form of a client', () => {
  it('sends only what was changed', () => {
    expect(patchOf(values(), client)).toEqual({});
    expect(patchOf(values({ paymentTermsId: '', tags: ['vip', 'new'], reason: 'asked for' }), client)).toEqual({
      paymentTermsId: null,
      tags: ['vip', 'new'],
      reason: 'asked for',
    });
  });

  it('makes a client of what was filled in', () => {
    const input = inputOf({ ...valuesOf(null, '7'), name: ' Acme ', currency: 'EUR', openingBalance: '12.50' });
    expect(input).toMatchObject({ name: 'Acme', resellerId: '7', openingBalance: '12.50', profileId: null });
    expect(input).not.toHaveProperty('reason');
    // The language that is left empty is the reseller's; the time zone is shown before it is saved.
    expect(input).toMatchObject({ locale: null, timezone: 'UTC' });
    expect(input).toMatchObject({ originationCapacity: null, autoPaymentExtraAmount: null, hiddenNumbers: false });
    expect(inputOf(values())).toMatchObject({ locale: 'en', timezone: 'UTC' });
  });

  it('leaves to the template what the user does not override', () => {
    const input = inputOf({
      ...valuesOf(null, '7'),
      ...{ clientTemplateId: '3', creditLimit: '9.00', originationCapacity: '' },
      inherited: ['creditLimit', 'profileId'],
    });
    // Empty is explicit where it does not inherit.
    expect(input).toMatchObject({ creditLimit: null, profileId: null, originationCapacity: 'unlimited' });
  });

  it('overrides a value of the template, and returns it', () => {
    const inheritance = {
      ...client.inheritance,
      creditLimit: { from: 'own', own: '100.00', template: '50.00', effective: '100.00' },
      terminationCapacity: { from: 'template', own: null, template: 30, effective: 30 },
    } as const;
    const templated = { ...client, clientTemplateId: '3', terminationCapacity: 30, inheritance };
    const read = valuesOf(templated, '1');
    expect(patchOf(read, templated)).toEqual({});
    const returned = {
      ...read,
      creditLimit: '50.00',
      inherited: [...read.inherited, 'creditLimit'],
      reason: 'standard',
    };
    expect(patchOf(returned, templated)).toEqual({ creditLimit: null, reason: 'standard' });
    const own = read.inherited.filter((name) => name !== 'terminationCapacity');
    expect(patchOf({ ...read, inherited: own }, templated)).toEqual({ terminationCapacity: 30 });
  });

  it('finds nothing wrong with a client as it is', () => {
    expect(Object.values(clientErrors(values())).filter((fault) => fault !== null)).toEqual([]);
  });

  it.each([
    [{ name: ' ' }, '#/name'],
    [{ creditLimit: '' }, '#/creditLimit'],
    [{ creditLimit: 'much' }, '#/creditLimit'],
    [{ creditLimit: '1000000000.00' }, '#/creditLimit'],
    [{ creditLimit: '-1000000000.00' }, '#/creditLimit'],
    [{ originationCapacity: 100_001 }, '#/originationCapacity'],
    [{ autoPaymentExtraAmount: '0.00' }, '#/autoPaymentExtraAmount'],
    [{ nocEmail: 'noc@приклад.укр' }, '#/nocEmail'],
    [{ billingEmail: 'бухгалтер@example.com' }, '#/billingEmail'],
    [{ warningThresholds: ['75%'] }, '#/warningThresholds'],
    [{ warningThresholds: ['soon'] }, '#/warningThresholds'],
    [{ checkEveryMinutes: '' }, '#/checkEveryMinutes'],
    [{ tags: ['x'.repeat(65)] }, '#/tags'],
  ] as const)('refuses %j', (changes, pointer) => {
    const faults = clientErrors(values(changes));
    expect(Object.entries(faults).flatMap(([at, fault]) => (fault === null ? [] : at))).toEqual([pointer]);
  });

  it('takes shares of the limit for a postpaid client', () => {
    const faults = clientErrors(values({ balanceModel: 'postpaid', warningThresholds: ['75%', '950.00'] }));
    expect(faults['#/warningThresholds']).toBeNull();
  });
});

describe('a warning threshold as a percentage', () => {
  it.each([
    ['0.00', true],
    ['-5', true],
    ['100.00', false],
    ['', false],
    ['many', false],
  ])('of a credit limit of "%s" is off: %s', (creditLimit, isIdle) => {
    expect(hasIdleShare(values({ creditLimit, warningThresholds: ['50', '75%'] }))).toBe(isIdle);
    expect(hasIdleShare(values({ creditLimit, warningThresholds: ['50'] }))).toBe(false);
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

describe('a job over selected clients', () => {
  const rows = { kind: 'rows', rows: new Map([['13', client]]) } as const;
  const all = { kind: 'all', filters: { status: 'stop', tag: 'vip' }, total: 3000 } as const;

  it('names the clients, or the filters of the list', () => {
    expect(selectionInput(rows)).toEqual({ clientIds: ['13'] });
    expect(selectionInput(all)).toEqual({ query: 'status=stop&tag=vip' });
  });

  it('exports the same clients, whatever their status', () => {
    expect(selectionExport(rows, 'csv')).toBe('/v1/exports/clients.csv?ids=13&status=all');
    expect(selectionExport(all, 'xlsx')).toBe('/v1/exports/clients.xlsx?status=stop&tag=vip');
  });

  it('starts when its parameters are filled in', () => {
    const until = '2999-01-01T00:00:00Z';
    expect(jobForms.assign_profile.error(emptyDraft)).not.toBeNull();
    expect(jobForms.silence.error({ ...emptyDraft, until: '2000-01-01T00:00:00Z' })).not.toBeNull();
    expect(jobForms.silence.error({ ...emptyDraft, until })).toBeNull();
    const grant = { ...emptyDraft, until, amount: '20.00', currency: 'USD' };
    expect(jobForms.grant_credit.error({ ...grant, currency: '' })).not.toBeNull();
    expect(jobForms.grant_credit.error({ ...grant, amount: '-1.00' })).not.toBeNull();
    expect(jobForms.grant_credit.parameters(grant)).toEqual({ amount: money('20.00'), validUntil: until });
    expect(jobForms.grant_credit.parameters({ ...grant, by: 'percent', percent: '5' })).toEqual({
      percent: '5',
      validUntil: until,
    });
    expect(jobForms.set_manager.parameters(emptyDraft)).toEqual({ managerId: null });
    expect(jobForms.set_last_invoiced.error(emptyDraft)).not.toBeNull();
    expect(jobForms.set_last_invoiced.parameters({ ...emptyDraft, invoicedDay: '2026-01-31' })).toEqual({
      date: '2026-01-31',
    });
    expect(jobForms.replace_tags.error(emptyDraft)).toBeNull();
    expect(jobForms.set_client_template.parameters({ ...emptyDraft, ownValues: 'clear' })).toEqual({
      clientTemplateId: null,
    });
    expect(
      jobForms.set_client_template.parameters({ ...emptyDraft, clientTemplateId: '3', ownValues: 'clear' }),
    ).toEqual({ clientTemplateId: '3', ownValues: 'clear' });
  });
});
