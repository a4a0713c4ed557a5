import { SignalPacer } from '../../../src/temporal/signal-pacer.js';

const balance = { clientId: '7', kind: 'balanceChanged' } as const;
const configuration = { clientId: '7', kind: 'configurationChanged' } as const;

test('the first signal of a client and kind leaves at once, the next a second later', () => {
  const pacer = new SignalPacer();
  expect(pacer.reserve(balance, 10_000)).toBe(0);
  expect(pacer.reserve(balance, 10_400)).toBe(600);
  expect(pacer.reserve(configuration, 10_400)).toBe(0);
  expect(pacer.reserve({ ...balance, clientId: '8' }, 10_400)).toBe(0);
  expect(pacer.reserve(balance, 11_000)).toBe(0);
  expect(pacer.reserve(balance, 11_001)).toBe(999);
});

test('a signal that could not be sent delays no other, and what is past is forgotten', () => {
  const pacer = new SignalPacer();
  pacer.reserve(balance, 0);
  pacer.release(balance);
  expect(pacer.reserve(balance, 1)).toBe(0);
  pacer.forget(500);
  expect(pacer.reserve(balance, 500)).toBe(501);
  pacer.forget(1001);
  expect(pacer.reserve(balance, 1001)).toBe(0);
});
