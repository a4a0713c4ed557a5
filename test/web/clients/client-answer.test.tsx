/** @jest-environment ./test/web/support/page-environment.cjs */
import { renderPage } from '../support/render-page';
import { Refusal, stubApi } from '../support/stub-api';
import { screen, within } from '@testing-library/react';
import { BalanceCard } from '../../../web/src/pages/clients/client/BalanceCard';
import { ClientHead } from '../../../web/src/pages/clients/client/head/ClientHead';
import { MonitorDetails } from '../../../web/src/pages/clients/client/monitor/MonitorDetails';
import ClientPage from '../../../web/src/pages/clients/client';
import type { Balances, ExplainedRule, Explanation } from '../../../web/src/pages/clients/client/queries';
import { RulesCard } from '../../../web/src/pages/clients/client/rules/RulesCard';
import { balancesOf, clientOf, explanationOf, ruleOf } from './client-data';

/** What an operator sees first on a client's page: state, balance, rules with their reasons and times. */

const off = (key: string): ExplainedRule => ruleOf({ key, threshold: null, lastReason: 'off', low: false, count: 0 });
const plain = (element: HTMLElement): string => (element.textContent ?? '').replaceAll('\u00a0', ' ');

function answer(explanation: Explanation, balances: Balances = balancesOf()): void {
  stubApi({ 'GET /v1/clients/7/explain': explanation, 'GET /v1/clients/7/balances': balances }, [
    ...['postClientPayment', 'grantTemporaryCredit', 'checkNow', 'resetRule', 'silenceMonitor'],
  ]);
}

describe('the balance is a sum', () => {
  const rowsOf = async (model: 'prepaid' | 'postpaid', balances: Balances): Promise<string[]> => {
    answer(explanationOf([]), balances);
    renderPage(<BalanceCard client={clientOf({ balanceModel: model })} />);
    await screen.findByText('Available');
    return screen.getAllByRole('row').map(plain);
  };

  test('of a prepaid client: live balance, permanent limit, and temporary credit', async () => {
    const balances = balancesOf({ live: '-5.00', temporaryCredit: '20.00', available: '25.00' });
    expect(await rowsOf('prepaid', balances)).toEqual([
      'Live balance−5.00 USD',
      '+Permanent credit limit10.00 USD',
      '+Temporary credit20.00 USD',
      '=Available25.00 USD',
    ]);
  });

  test('of a postpaid client: the credit, less what is owed', async () => {
    const balances = balancesOf({ live: '-950.00', creditLimit: '1000.00', available: '50.00' });
    expect(await rowsOf('postpaid', balances)).toEqual([
      'Permanent credit limit1,000.00 USD',
      '+Temporary credit0.00 USD',
      '−Owed950.00 USD',
      '=Available50.00 USD',
    ]);
  });

  test('of a postpaid client that paid ahead', async () => {
    const balances = balancesOf({ live: '20.00', creditLimit: '100.00', available: '120.00' });
    expect((await rowsOf('postpaid', balances))[2]).toBe('+Paid in advance20.00 USD');
  });
});

describe('the rules', () => {
  const shown = async (rules: readonly ExplainedRule[], changes: Partial<Explanation> = {}) => {
    answer(explanationOf(rules, changes));
    const dialogs: unknown[] = [];
    const page = renderPage(<RulesCard client={clientOf()} onDialog={(dialog) => dialogs.push(dialog)} />);
    await screen.findByText(/^Checked /);
    return { ...page, dialogs };
  };

  test('have their reason, recipients, count, and next possible time', async () => {
    await shown([ruleOf()]);
    const row = plain(screen.getByRole('row', { name: /^Client notification/ }));
    expect(row).toContain('Low');
    expect(row).toContain('available < 50.00 USD');
    expect(row).toContain('The last notification is less than one period old.');
    expect(row).toContain('billing@b.example billing email');
    expect(row).toContain('Mar 2, 10:00 AM');
    expect(row).toContain('1 of 3');
    expect(row).toContain('last Mar 1, 10:00 AM');
  });

  test.each<[Partial<ExplainedRule>, string]>([
    [{ lastReason: 'max_reached', nextPossibleAt: null }, 'After the counter resets'],
    [{ lastReason: 'no_recipients', nextPossibleAt: null }, 'When it has a recipient'],
    [{ lastReason: 'paused', nextPossibleAt: null }, 'When monitoring resumes'],
    [{ lastReason: 'no_rate', nextPossibleAt: null }, 'When there is an exchange rate'],
    [{ lastReason: 'sent', nextPossibleAt: null }, 'Not possible now'],
    [{ lastReason: 'above_threshold', low: false, nextPossibleAt: '2020-01-01T00:00:00Z' }, 'When low'],
    [{ lastReason: 'above_threshold', low: false, nextPossibleAt: '2999-01-01T00:00:00Z' }, 'If low: Jan 1'],
    [{ lastReason: 'send_failed', nextPossibleAt: '2020-01-01T00:00:00Z' }, 'Now'],
  ])('say what the next notification waits for: %j', async (changes, text) => {
    await shown([ruleOf(changes)]);
    expect(plain(screen.getByRole('row', { name: /^Client notification/ }))).toContain(text);
  });

  test('keep the last notification after a reset, with what came between', async () => {
    const lastReset = {
      ...{ at: '2026-03-01T11:00:00Z', rule: 'client', cause: 'payment' as const, count: 1, paymentId: 'p-17' },
      ...{ actor: null, actorName: null, reason: null },
    };
    await shown([ruleOf({ count: 0, lastReset })]);
    expect(plain(screen.getByRole('row', { name: /^Client/ }))).toContain('last Mar 1, 10:00 AM, before payment p-17');
  });

  test('that are off are folded, without a way to silence them', async () => {
    const { user } = await shown([ruleOf(), off('user'), off('advanced:idle')]);
    expect(await screen.findAllByRole('button', { name: /^Actions for/ })).toHaveLength(1);
    const fold = screen.getByRole('button', { name: '2 rules are off' });
    expect(fold).toHaveAttribute('aria-expanded', 'false');
    expect(screen.getByText('User notification')).not.toBeVisible();
    await user.click(fold);
    expect(screen.getByText('User notification')).toBeVisible();
    expect(screen.getByText('Advanced rule “idle”')).toBeVisible();
    expect(screen.queryByText('Silence rule')).toBeNull();
  });

  test('are silenced from their menu', async () => {
    const { user, dialogs } = await shown([ruleOf()]);
    await user.click(await screen.findByRole('button', { name: 'Actions for Client notification' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Silence rule' }));
    expect(dialogs).toEqual([{ kind: 'silence', rule: 'client' }]);
  });

  test('remark that the client is notified before staff', async () => {
    const user = ruleOf({
      key: 'user',
      threshold: { comparison: 'below', value: '20.00', percent: null, currency: 'USD' },
    });
    await shown([user, ruleOf()]);
    expect(plain(screen.getByText(/^The client threshold/))).toBe(
      'The client threshold (50.00 USD) is above the user threshold (20.00 USD): the client is notified before your staff.',
    );
  });

  test('remark nothing where the thresholds are in order', async () => {
    const user = ruleOf({
      key: 'user',
      threshold: { comparison: 'below', value: '50.00', percent: null, currency: 'USD' },
    });
    await shown([user, ruleOf()]);
    expect(screen.queryByText(/^The client threshold/)).toBeNull();
  });
});

describe('the head', () => {
  const head = async (explanation: Explanation): Promise<string> => {
    answer(explanation);
    renderPage(<ClientHead client={clientOf({ state: 'ok' })} onDialog={() => undefined} />);
    const sentence = (await screen.findByText(/available,/)).closest('p');
    return sentence ? plain(sentence) : '';
  };

  test('says the state and what happens next', async () => {
    expect(await head(explanationOf([ruleOf({ nextPossibleAt: '2999-03-02T10:00:00Z' })]))).toMatch(
      /^32\.00 USD available, 18\.00 USD below the 50\.00 USD client notification threshold since Mar 1, 10:00 AM · 1 of 3 notifications sent · next notification possible Mar 2, 10:00 AM · next check/,
    );
  });

  test.each<[Partial<ExplainedRule>, string]>([
    [{ lastReason: 'max_reached', nextPossibleAt: null }, 'no more until the counter resets'],
    [{ lastReason: 'no_recipients', nextPossibleAt: null }, 'no recipients, so no notification is sent'],
    [{ lastReason: 'silenced', silencedUntil: '2999-01-02T08:00:00Z' }, 'rule silenced until Jan 2, 8:00 AM'],
  ])('names what keeps the next notification back: %j', async (changes, text) => {
    expect(await head(explanationOf([ruleOf(changes)]))).toContain(` · ${text} · `);
  });

  test('has the state of the evaluation that the sentence is of, not an older one', async () => {
    await head(explanationOf([ruleOf()], { state: 'critical' }));
    expect(screen.getByText('Critical')).toBeVisible();
    expect(screen.queryByText('OK')).toBeNull();
  });

  test('has one filled button, for payments, and one to check', async () => {
    await head(explanationOf([ruleOf()]));
    const filled = screen
      .getAllByRole('button')
      .filter((button) => button.classList.contains('mantine-Button-root'))
      .filter((button) => (button.getAttribute('data-variant') ?? 'filled') === 'filled');
    expect(filled.map((button) => button.textContent)).toEqual(['Record payment']);
    expect(screen.getAllByRole('button', { name: 'Check now' })).toHaveLength(1);
  });
});

test('the workflow is folded until it is asked for', async () => {
  stubApi({
    'GET /v1/clients/7/explain': explanationOf([]),
    'GET /v1/clients/7/monitor': {
      ...{ clientId: '7', state: 'low', stateSince: '2026-03-01T10:00:00Z', seenAt: '2026-03-01T10:00:00Z' },
      ...{ lastCheckAt: null, nextCheckAt: null, pendingDeliveries: 0, silences: [], workflowId: 'monitor/7' },
      ...{ run: { runId: 'run-1', status: 'running', startedAt: '2026-03-01T10:00:00Z', historyLength: 1234 } },
      ...{ temporalUrl: 'http://temporal.example/monitor', temporalReachable: true },
    },
  });
  const { user } = renderPage(<MonitorDetails client={clientOf()} />);
  expect(screen.queryByText('monitor/7')).toBeNull();
  await user.click(screen.getByRole('button', { name: /^Monitor details/ }));
  const link = await screen.findByRole('link', { name: /monitor\/7/ });
  expect(link).toHaveAttribute('href', 'http://temporal.example/monitor');
  expect(screen.getByText('1,234')).toBeVisible();
  expect(screen.getByText('run-1')).toBeVisible();
});

test('a client that is not found has its heading and a search', async () => {
  stubApi({ 'GET /v1/clients/': new Refusal(404, 'not_found') });
  const { user, path, search } = renderPage(<ClientPage />);
  expect(await screen.findByRole('heading', { level: 1, name: 'Client not found' })).toBeVisible();
  const box = within(screen.getByRole('search')).getByRole('searchbox', { name: 'Search' });
  await user.type(box, 'Vendor{Enter}');
  expect(path()).toBe('/clients');
  expect(search().get('q')).toBe('Vendor');
});

test('a viewer sees the state and the rules, and no buttons', async () => {
  const explanation = explanationOf([ruleOf()]);
  stubApi({ 'GET /v1/clients/7/explain': explanation, 'GET /v1/clients/7/balances': balancesOf() });
  renderPage(
    <>
      <ClientHead client={clientOf()} onDialog={() => undefined} />
      <RulesCard client={clientOf()} onDialog={() => undefined} />
    </>,
  );
  expect(await screen.findByRole('row', { name: /^Client notification/ })).toBeVisible();
  expect(screen.queryAllByRole('button')).toEqual([]);
});
