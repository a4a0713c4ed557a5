/** @jest-environment ./test/web/support/page-environment.cjs */
import { renderPage } from './support/render-page';
import { act, cleanup, screen } from '@testing-library/react';
import type { ReactNode } from 'react';
import { HeadlineComparison } from '../../web/src/pages/clients/client/head/HeadlineComparison';
import type { Explanation } from '../../web/src/pages/clients/client/queries';
import { resetPhrase } from '../../web/src/pages/clients/client/reset-text';
import { thresholdHint } from '../../web/src/pages/profiles/form/threshold-hint';
import { HeadroomBar } from '../../web/src/ui/badges/HeadroomBar';
import { ReasonSentence } from '../../web/src/ui/badges/Reason';
import { delayText, intervalText, intervalTitle } from '../../web/src/ui/text/interval-text';
import { Countdown } from '../../web/src/ui/text/Countdown';
import { Money } from '../../web/src/ui/text/Money';
import { Time } from '../../web/src/ui/text/Time';

/** Amounts and times of a client in words, as components write them. */

type Headline = NonNullable<Explanation['headline']>;
const hour = 3_600_000;

function textOf(content: ReactNode): string {
  renderPage(<p data-testid="text">{content}</p>);
  const text = screen.getByTestId('text').textContent ?? '';
  cleanup();
  return text.replaceAll('\u00a0', ' ');
}

const headline = (changes: Partial<Headline>): Headline => ({
  rule: 'client',
  source: 'profile',
  audience: 'client',
  available: '10.00',
  threshold: '50.00',
  gap: '40.00',
  original: null,
  currency: 'USD',
  low: true,
  since: null,
  sent: 0,
  max: 3,
  debt: null,
  waitsUntil: null,
  ...changes,
});

describe('the headline', () => {
  test.each<[Partial<Headline>, string]>([
    [
      { threshold: '46.19', gap: '36.19', currency: 'EUR', original: { amount: '50.00', currency: 'USD' } },
      '10.00 EUR available, about 36.19 EUR below the client notification threshold (50.00 USD is about 46.19 EUR)',
    ],
    [
      { available: '99.999999', threshold: '100.00', gap: '0.000001' },
      '99.999999 USD available, 0.000001 USD below the 100.00 USD client notification threshold',
    ],
    [
      { available: '1000.00', threshold: '950.00', gap: '50.00', currency: 'JPY', low: false },
      '1,000 JPY available, 50 JPY above the 950 JPY client notification threshold',
    ],
    [
      { rule: 'warning:900.00', source: 'warning', gap: '50.00', debt: { owed: '950.00', threshold: '900.00' } },
      '950.00 USD owed, 50.00 USD over the 900.00 USD warning threshold',
    ],
    [
      {
        rule: 'warning:900.00',
        source: 'warning',
        gap: '200.00',
        low: false,
        debt: { owed: '700.00', threshold: '900.00' },
      },
      '700.00 USD owed, 200.00 USD below the 900.00 USD warning threshold',
    ],
    [
      { rule: 'warning:900.00', source: 'warning', low: false, debt: { owed: '0.00', threshold: '900.00' } },
      'Nothing owed, warning threshold at a debt of 900.00 USD',
    ],
  ])('%j', (changes, text) => {
    expect(textOf(<HeadlineComparison headline={headline(changes)} />)).toBe(text);
  });
});

test('no limit has no currency, and an unknown balance no amount', () => {
  expect(textOf(<Money value={{ unlimited: true, currency: 'USD' }} />)).toBe('No limit');
  expect(textOf(<Money value={null} />)).toBe('Unknown');
});

test('a threshold on debt speaks of the debt', () => {
  const facts = { isWarning: true, debt: '10.00', threshold: '42.00', currency: 'USD' };
  expect(textOf(<ReasonSentence reason="above_threshold" facts={facts} />)).toBe(
    '10.00 USD owed, warning at a debt of 42.00 USD.',
  );
  const share = { ...facts, threshold: null, percent: '75' };
  expect(textOf(<ReasonSentence reason="above_threshold" facts={share} />)).toBe(
    '10.00 USD owed, warning at 75% of the credit limit.',
  );
});

test('headroom to a converted threshold is about what it is, and never nothing', () => {
  renderPage(<HeadroomBar available="46.189" threshold="46.19" currency="EUR" isApproximate />);
  expect(screen.getByRole('img')).toHaveAccessibleName(
    'About 0.01\u00a0EUR below the threshold of about 46.19\u00a0EUR',
  );
});

test('what reset a counter', () => {
  const reset = {
    at: '2026-03-01T00:00:00Z',
    rule: 'client',
    count: 1,
    paymentId: null,
    actor: null,
    actorName: null,
    reason: null,
  };
  expect(resetPhrase({ ...reset, cause: 'payment', paymentId: 'p-17' })).toBe('payment p-17');
  expect(resetPhrase({ ...reset, cause: 'payment' })).toBe('a payment');
  expect(resetPhrase({ ...reset, cause: 'rate' })).toBe('an exchange rate change');
  expect(resetPhrase({ ...reset, cause: 'manual', actor: 'user:1', actorName: 'Anna' })).toBe('a reset by Anna');
});

test('how often, and how late', () => {
  expect(intervalText(24 * hour)).toBe('daily');
  expect(intervalText(hour)).toBe('hourly');
  expect(intervalText(48 * hour)).toBe('every 2 days');
  expect(intervalTitle(7 * 24 * hour)).toBe('Weekly');
  expect(delayText(24 * hour)).toBe('24 hours');
  expect(delayText(15 * 60_000)).toBe('15 min');
  expect(delayText(72 * hour)).toBe('3 days');
});

test('a threshold of 0 says when it notifies', () => {
  expect(thresholdHint('0.00')).toBe('Notifies only below zero.');
  expect(thresholdHint('')).toBe(thresholdHint('5.00'));
});

describe('times', () => {
  beforeEach(() => jest.useFakeTimers({ now: Date.parse('2026-11-29T12:00:00Z') }));
  afterEach(() => jest.useRealTimers());

  test('tick together, and what is past is never to come', () => {
    const times = ['2026-11-29T12:00:09Z', '2026-11-29T11:59:58Z'];
    renderPage(
      <>
        {times.map((at) => (
          <span key={at} data-testid="time">
            <Time at={at} show="relative" />
          </span>
        ))}
        <span data-testid="time">
          <Countdown to="2026-11-29T12:00:09Z" />
        </span>
      </>,
    );
    const shown = (): string[] => screen.getAllByTestId('time').map(({ textContent }) => textContent ?? '');
    expect(shown().slice(0, 2)).toEqual(['in 9 seconds', '2 seconds ago']);
    expect(shown()[2]).toMatch(/^00:09/);
    act(() => jest.advanceTimersByTime(9000));
    expect(shown().slice(0, 2)).toEqual(['now', '11 seconds ago']);
    expect(shown()[2]).toMatch(/^due now/);
    act(() => jest.advanceTimersByTime(9000));
    expect(shown()[0]).toBe('9 seconds ago');
  });
});
