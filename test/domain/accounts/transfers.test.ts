import fc from 'fast-check';
import { accountAvailable, accountKinds, accountStatuses } from '../../../src/domain/accounts/accounts.js';
import { transferRefusal, type TransferAccount, type TransferTerms } from '../../../src/domain/accounts/transfers.js';
import { parseMoney } from '../../../src/domain/money.js';

const account: TransferAccount = {
  ...{ id: '1', externalId: 'A', clientId: '7', resellerId: '2', kind: 'debit', status: 'active', isExpired: false },
  ...{ currency: 'USD', balance: parseMoney('25'), creditLimit: 0n, dailyLimit: null, sentToday: 0n },
  ...{ isAllowed: true, isClientDeleted: false },
};
const other: TransferAccount = { ...account, id: '2', externalId: 'B' };
const terms: TransferTerms = { amount: parseMoney('10'), currency: 'USD', acrossClients: false, isUndo: false };

interface Case {
  readonly name: string;
  readonly from?: Partial<TransferAccount>;
  readonly to?: Partial<TransferAccount>;
  readonly terms?: Partial<TransferTerms>;
  readonly code: string;
  readonly pointer: string;
  /** an undo is not refused for it */
  readonly undoPasses?: boolean;
}

/** In the order of the checks. */
const cases: readonly Case[] = [
  { name: 'a deleted client', to: { isClientDeleted: true }, code: 'client_deleted', pointer: '/toAccountId' },
  { name: 'the same account', to: { id: '1' }, code: 'transfer_same_account', pointer: '/toAccountId' },
  {
    ...{ name: 'a client that does not allow it', from: { isAllowed: false }, undoPasses: true },
    ...{ code: 'transfer_not_allowed', pointer: '/fromAccountId' },
  },
  { name: 'a subordinate source', from: { kind: 'subordinate' }, code: 'transfer_kind', pointer: '/fromAccountId' },
  { name: 'a subordinate target', to: { kind: 'subordinate' }, code: 'transfer_kind', pointer: '/toAccountId' },
  { name: 'a blocked source', from: { status: 'blocked' }, code: 'transfer_inactive', pointer: '/fromAccountId' },
  { name: 'a closed target', to: { status: 'closed' }, code: 'transfer_inactive', pointer: '/toAccountId' },
  {
    ...{ name: 'an expired target', to: { isExpired: true }, undoPasses: true },
    ...{ code: 'transfer_inactive', pointer: '/toAccountId' },
  },
  {
    ...{ name: 'another client', to: { clientId: '8' }, terms: { acrossClients: false }, undoPasses: true },
    ...{ code: 'transfer_other_client', pointer: '/toAccountId' },
  },
  {
    ...{ name: 'a client of another reseller', to: { clientId: '8', resellerId: '3' }, undoPasses: true },
    ...{ terms: { acrossClients: true }, code: 'transfer_other_client', pointer: '/toAccountId' },
  },
  {
    ...{ name: 'another client that does not allow it', to: { clientId: '8', isAllowed: false }, undoPasses: true },
    ...{ terms: { acrossClients: true }, code: 'transfer_other_client', pointer: '/toAccountId' },
  },
  {
    ...{ name: 'another currency of the target', to: { clientId: '8', currency: 'EUR' } },
    ...{ terms: { acrossClients: true }, code: 'currency_mismatch', pointer: '/toAccountId' },
  },
  {
    name: 'another currency of the amount',
    terms: { currency: 'EUR' },
    code: 'currency_mismatch',
    pointer: '/currency',
  },
  { name: 'nothing', terms: { amount: 0n }, code: 'transfer_amount', pointer: '/amount' },
  { name: 'less than nothing', terms: { amount: -1n }, code: 'transfer_amount', pointer: '/amount' },
  { name: 'part of a cent', terms: { amount: parseMoney('1.005') }, code: 'transfer_amount', pointer: '/amount' },
  {
    ...{ name: 'more than the day allows', undoPasses: true },
    from: { dailyLimit: parseMoney('15'), sentToday: parseMoney('5.01') },
    ...{ code: 'transfer_daily_limit', pointer: '/amount' },
  },
  {
    name: 'more than there is',
    terms: { amount: parseMoney('25.01') },
    code: 'insufficient_funds',
    pointer: '/amount',
  },
];

const refusalOf = ({ from, to, terms: more }: Omit<Case, 'code' | 'pointer' | 'name'>, isUndo = false) =>
  transferRefusal({ ...account, ...from }, { ...other, ...to }, { ...terms, ...more, isUndo });

test.each([...cases])('$name is refused', (one) => {
  expect(refusalOf(one)).toMatchObject({ code: one.code, pointer: one.pointer });
  expect(refusalOf(one)?.message).toMatch(/./);
  expect(refusalOf(one, true)?.code ?? null).toBe(one.undoPasses ? null : one.code);
});

test('of two faults the earlier check answers', () => {
  cases.forEach((earlier, index) => {
    for (const later of cases.slice(index + 1)) {
      const both = {
        from: { ...later.from, ...earlier.from },
        to: { ...later.to, ...earlier.to },
        terms: { ...later.terms, ...earlier.terms },
      };
      expect([earlier.name, later.name, refusalOf(both)?.code]).toEqual([earlier.name, later.name, earlier.code]);
    }
  });
});

test('across clients of a reseller, where the installation and both allow it', () => {
  expect(refusalOf({ to: { clientId: '8' }, terms: { acrossClients: true } })).toBeNull();
});

test('an expired source may give what it has', () => {
  expect(refusalOf({ from: { isExpired: true } })).toBeNull();
});

test('amounts have the decimals of their currency', () => {
  const amountIn = (currency: string, amount: string): string | undefined =>
    refusalOf({ from: { currency }, to: { currency }, terms: { currency, amount: parseMoney(amount) } })?.code;
  expect(amountIn('JPY', '10')).toBeUndefined();
  expect(amountIn('JPY', '1.5')).toBe('transfer_amount');
  expect(amountIn('KWD', '1.005')).toBeUndefined();
});

test('what is let through never takes an account below its limit', () => {
  const anyAccount = fc.record({
    kind: fc.constantFrom(...accountKinds),
    status: fc.constantFrom(...accountStatuses),
    balance: fc.bigInt({ min: -100_000_000n, max: 100_000_000n }),
    limit: fc.bigInt({ min: 0n, max: 100_000_000n }),
  });
  fc.assert(
    fc.property(anyAccount, anyAccount, fc.integer({ min: -100, max: 20_000 }), (a, b, cents) => {
      const sided = (id: string, { limit, ...one }: typeof a): TransferAccount => ({
        ...{ ...account, ...one, id },
        creditLimit: one.kind === 'credit' ? limit : 0n,
      });
      const [from, to] = [sided('1', a), sided('2', b)];
      const amount = BigInt(cents) * 10_000n;
      if (transferRefusal(from, to, { ...terms, amount })) return;
      expect(amount > 0n).toBe(true);
      expect(accountAvailable({ ...from, balance: from.balance - amount })).toBeGreaterThanOrEqual(0n);
      expect([from.kind, to.kind]).not.toContain('subordinate');
    }),
  );
});
