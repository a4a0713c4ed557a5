import * as fc from 'fast-check';
import {
  changedTemplateValues,
  clearedOwn,
  detachedFields,
  fallbackOf,
  inheritableFields,
  inheritedValue,
  inheritValues,
  type InheritableValues,
  type TemplateValues,
} from '../../../src/domain/clients/client-inheritance.js';
import { requireTemplate } from '../../../src/domain/clients/client-template.js';

const defaults = Object.fromEntries(
  inheritableFields.map((name) => [name, fallbackOf(name, 'uk')]),
) as unknown as InheritableValues;
const fresh = { values: defaults, ownFields: [] };
const sources = (before: TemplateValues | null, after: TemplateValues | null) => ({
  before,
  after,
  resellerLocale: 'uk',
});

test('own value, else template, else default', () => {
  const template = { creditLimit: '50.00', originationCapacity: 30 };
  const client = inheritValues(fresh, { originationCapacity: 10 }, sources(null, template));
  expect(client.values).toMatchObject({ originationCapacity: 10, creditLimit: '50.00', locale: 'uk' });
  expect(client.ownFields).toEqual(['originationCapacity']);
  const value = inheritedValue('originationCapacity', client.values, client.ownFields, template);
  expect(value).toEqual({ from: 'own', own: 10, template: 30, effective: 10 });
});

test('"unlimited" is explicit, for empty means inherited', () => {
  const template = { originationCapacity: 30 };
  const unlimited = inheritValues(fresh, { originationCapacity: 'unlimited' }, sources(null, template));
  expect(unlimited.values.originationCapacity).toBeNull();
  expect(inheritedValue('originationCapacity', unlimited.values, unlimited.ownFields, template)).toEqual({
    ...{ from: 'own', own: 'unlimited', template: 30, effective: 'unlimited' },
  });
  const empty = inheritValues(unlimited, { originationCapacity: null }, sources(template, template));
  expect(empty.values.originationCapacity).toBe(30);
});

test('a template sets "unlimited" explicitly too, and null takes a value away', () => {
  const set = changedTemplateValues({ creditLimit: '5.00' }, { originationCapacity: 'unlimited', creditLimit: null });
  expect(set).toEqual({ originationCapacity: null });
});

test('another template takes the values of the one before along', () => {
  const [first, second] = [{ creditLimit: '50.00', routingPlan: 'Premium' }, { creditLimit: '70.00' }];
  const client = inheritValues(fresh, {}, sources(null, first));
  const moved = inheritValues(client, {}, sources(first, second));
  expect(moved.values).toMatchObject({ creditLimit: '70.00', routingPlan: null });
  expect(inheritValues(moved, {}, sources(second, null)).values).toEqual(defaults);
});

test('clearing replaces only what the template sets; detaching keeps what applies', () => {
  const template = { creditLimit: '50.00' };
  expect(clearedOwn(['creditLimit', 'routingPlan'], template)).toEqual({ creditLimit: null });
  expect(detachedFields(['routingPlan'], template)).toEqual(['creditLimit', 'routingPlan']);
});

test('a client has the same values whether it is given a template before or after its edit', () => {
  const template = fc.record(
    {
      creditLimit: fc.constantFrom('0.00', '5.00', '7.50'),
      originationCapacity: fc.option(fc.nat(9)),
      autoinvoicing: fc.boolean(),
      locale: fc.constantFrom('en', 'de'),
    },
    { requiredKeys: [] },
  );
  const given = fc.record({ creditLimit: fc.constant('9.00'), autoinvoicing: fc.boolean() }, { requiredKeys: [] });
  fc.assert(
    fc.property(template, template, given, (before, after, own) => {
      const early = inheritValues(inheritValues(fresh, own, sources(null, before)), {}, sources(before, after));
      expect(early).toEqual(inheritValues(fresh, own, sources(null, after)));
    }),
  );
});

test.each([
  [{ creditLimit: '5.00' }, null, '/currency', 'is required with creditLimit'],
  [{ creditLimit: '5.00', balanceModel: 'unlimited' as const }, 'USD', '/values/creditLimit', 'must be 0'],
  [
    { lowBalanceThreshold: '5.00', lowBalanceCapacity: 9, originationCapacity: 9 },
    'USD',
    '/values/lowBalanceCapacity',
    'must be lower than the normal capacity of 9',
  ],
])('a template cannot have %j in %s', (values, currency, pointer, message) => {
  expect(() => requireTemplate({ values, currency })).toThrow(
    expect.objectContaining({ pointer, message: expect.stringContaining(message) }),
  );
});
