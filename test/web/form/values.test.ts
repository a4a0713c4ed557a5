import { emailsError, instantError, integerError, moneyError, percentError } from '../../../web/src/form/checks';
import { conflictOf, resolveConflict } from '../../../web/src/form/dialogs/conflict';
import { amountErrors, untilError } from '../../../web/src/form/grant/grant-checks';
import { emailError, splitEmails, uniqueEmails } from '../../../web/src/form/recipients/parse-emails';
import { pathOf } from '../../../web/src/form/pointer';
import { fieldErrorText } from '../../../web/src/api/problems';
import { changesBetween } from '../../../web/src/ui/audit/diff';
import { checkEmailAddress } from '../../../src/mail/addresses';

describe('checks', () => {
  it('are those of the service for money', () => {
    expect(moneyError('')).toBeNull();
    expect(moneyError('-12.345678')).toBeNull();
    expect(moneyError('12.3456789')).not.toBeNull();
    expect(moneyError('abc')).not.toBeNull();
    expect(moneyError('-1', 'zero')).not.toBeNull();
    expect(moneyError('0.00', 'more_than_zero')).not.toBeNull();
    expect(moneyError('0.000001', 'more_than_zero')).toBeNull();
  });

  it('are those of the service for percentages, numbers and times', () => {
    expect(['7.5', '100', '0', '1.23456', 'x', '-5'].map((text) => percentError(text) === null)).toEqual([
      true,
      true,
      false,
      false,
      false,
      false,
    ]);
    expect(integerError(5, 1, 10)).toBeNull();
    expect([11, 1.5, 'abc'].map((value) => integerError(value, 1, 10) === null)).toEqual([false, false, false]);
    expect(instantError('2026-12-31T00:00:00.000Z')).toBeNull();
    expect(instantError('soon')).not.toBeNull();
    expect(instantError('2026-01-01T00:00:00Z', Date.parse('2026-02-01T00:00:00Z'))).not.toBeNull();
  });

  it.each([
    'a@b.example',
    'first.last+tag@sub.example.com',
    'root@localhost',
    'іван@приклад.укр',
    'a@b@c.example',
    'a.@b.example',
    'a..b@c.example',
    '@b.example',
    'a@',
    'a@-b.example',
    'a@1.2.3.4',
    'a b@c.example',
    'a@b.example,c@d.example',
    '<a@b.example>',
    `${'x'.repeat(65)}@b.example`,
    `a@${'x'.repeat(250)}.example`,
  ])('agree with the service about %s', (address) => {
    expect(emailError(address) === null).toBe(checkEmailAddress(address) === null);
  });

  it('name the address that is wrong', () => {
    expect(emailsError(['a@b.example', 'київ@b.example'])).toContain('київ@b.example');
  });
});

describe('pasted addresses', () => {
  it('are split however they are separated', () => {
    const pasted = 'a@b.example; "Doe, Jane" <jane@c.example>,\nBob <bob@d.example>\tx@e.example';
    expect(splitEmails(pasted)).toEqual(['a@b.example', 'jane@c.example', 'bob@d.example', 'x@e.example']);
  });

  it('are kept once, without case', () => {
    expect(uniqueEmails(['A@b.example', ' a@B.example ', 'c@d.example'])).toEqual(['A@b.example', 'c@d.example']);
  });
});

describe('pointers', () => {
  it('are paths of the form', () => {
    expect(pathOf('#/advancedRules/1/threshold')).toBe('advancedRules.1.threshold');
    expect(pathOf('/name')).toBe('name');
  });
});

describe('a conflict', () => {
  const read = { name: 'default', maxNotifications: 3, clientRule: { threshold: '50.00', emails: ['a@b.example'] } };
  const mine = { ...read, name: 'mine', clientRule: { ...read.clientRule, threshold: '60.00' } };
  const theirs = {
    ...read,
    version: 8,
    name: 'theirs',
    maxNotifications: 5,
    clientRule: { ...read.clientRule, threshold: '60.00' },
  };
  const conflict = conflictOf(read, mine, theirs);

  it('asks about what both changed, and only where they differ', () => {
    expect(conflict.contested).toEqual([{ path: 'name', read: 'default', mine: 'mine', theirs: 'theirs' }]);
    expect(conflict.theirsOnly.map(({ path }) => path)).toEqual(['maxNotifications']);
    expect(conflict.mineOnly).toEqual([]);
  });

  it('keeps mine and takes over what only they changed, unless told otherwise', () => {
    expect(resolveConflict(mine, conflict, {})).toMatchObject({ name: 'mine', maxNotifications: 5 });
    const chosen = resolveConflict(mine, conflict, { name: 'theirs', maxNotifications: 'mine' });
    expect(chosen).toMatchObject({ name: 'theirs', maxNotifications: 3, clientRule: { threshold: '60.00' } });
  });
});

describe('what differs', () => {
  it('is told field by field, lists as one value', () => {
    expect(changesBetween({ a: { b: 1, c: [1] }, d: 2 }, { a: { b: 2, c: [1] }, d: 2, e: true })).toEqual([
      { path: 'a.b', before: 1, after: 2 },
      { path: 'e', before: undefined, after: true },
    ]);
    expect(changesBetween(null, { a: 1 })).toEqual([{ path: 'a', before: undefined, after: 1 }]);
  });
});

describe('one’s own maximum', () => {
  // Of what the API answers, only that which the checks read.
  const limits = {
    ...{ currency: 'USD', creditLimit: '100.00', maxAmount: '50.00', maxPercent: '50', maxDays: 10 },
    ...{ maxUntil: null, refusal: null },
  } as unknown as NonNullable<Parameters<typeof untilError>[1]>;
  const from = '2026-11-01T00:00:00Z';

  it('is held where the amount or the share is typed', () => {
    const asked = (by: string, amount: string, percent: string) => amountErrors({ by, amount, percent }, limits);
    expect(asked('amount', '50.00', '')).toEqual({ '#/amount': null });
    expect(asked('amount', '50.01', '')['#/amount']).not.toBeNull();
    expect(asked('percent', '', '50')).toEqual({ '#/percent': null });
    expect(asked('percent', '', '50.5')['#/percent']).not.toBeNull();
    expect(amountErrors({ by: 'amount', amount: '1000', percent: '' }, null)).toEqual({ '#/amount': null });
  });

  it('is held where the end is typed', () => {
    expect(untilError({ from, validUntil: '2026-11-11T00:00:00Z' }, limits)).toBeNull();
    expect(untilError({ from, validUntil: '2026-11-11T00:00:01Z' }, limits)).not.toBeNull();
    expect(untilError({ from, validUntil: from }, null)).not.toBeNull();
  });
});

describe('what the service refuses in a field', () => {
  const fault = (code: string, detail: string) => fieldErrorText({ pointer: '#/email', code, detail });

  it('is said in the words of the page where its code says all', () => {
    expect(fault('already_exists', 'another user has this email address')).toBe('Already taken.');
  });

  it('else as a sentence of the service', () => {
    expect(fault('invalid_value', 'write 1 to 63 letters')).toBe('Write 1 to 63 letters.');
    expect(fault('invalid_value', 'Is it so?')).toBe('Is it so?');
  });
});
