import { requireLowBalance } from '../../../src/domain/clients/low-balance.js';
import { noOwnLowBalance, ownRules, type OwnLowBalance } from '../../../src/domain/monitoring/actions/own-rules.js';
import { deriveState } from '../../../src/domain/monitoring/client-state.js';
import { wakeBoundsOf } from '../../../src/domain/monitoring/wake-bounds.js';
import { compareMails } from '../../../src/simulate/compare.js';
import { runOnDomain } from '../../../src/simulate/domain-engine.js';
import { parseScenario } from '../../../src/simulate/parse.js';
import { playByOracle } from '../../support/oracle/index.js';
import { client, Evaluations, rules, startMs } from '../support/client.js';

const own = (settings: Partial<OwnLowBalance>) =>
  rules(ownRules({ ...noOwnLowBalance, lowBalanceThreshold: '5.00', ...settings, billingRecipients: ['billing'] }));

describe('the rules of a client’s own threshold', () => {
  test('are those that are asked for, strictly below, once per episode, and ranked with no other', () => {
    const { rules: made, converts } = own({ notifyClient: true, notifyAdmin: true, lowBalanceCapacity: 0 });
    expect(made.map(({ key, action, recipients }) => [key, action, ...recipients])).toEqual([
      ['client-own', 'notify', 'billing'],
      ['admin-own', 'event'],
      ['capacity', 'capacity'],
    ]);
    for (const rule of made) {
      expect(rule).toMatchObject({
        trigger: 'change',
        maxNotifications: 1,
        periodMs: 0,
        resetOn: 'recovery',
        ranked: false,
      });
    }
    expect(converts).toBe(false);
    expect(own({}).rules).toEqual([]);
    expect(own({ notifyClient: true, lowBalanceThreshold: null }).rules).toEqual([]);
  });

  test('need no rate, for the threshold is in the client’s currency', () => {
    const evaluations = new Evaluations(own({ notifyAdmin: true }));
    expect(evaluations.at(0, client('5', { rate: null }), 'change')).toBe('admin-own: above_threshold');
    expect(evaluations.at(1, client('4.999999', { rate: null }), 'change')).toBe('admin-own: sent 1');
  });

  test('an event has no recipients, and obeys silence, the maximum, and the hour', () => {
    const evaluations = new Evaluations(own({ notifyAdmin: true }));
    const silenced = client('4', { silences: { '*': startMs + 60_000 } });
    expect(evaluations.at(0, silenced, 'change')).toBe('admin-own: silenced');
    expect(evaluations.at(1, client('4'), 'change', 'pending')).toBe('admin-own: sent 1');
    expect(evaluations.ruleStates['admin-own']).not.toHaveProperty('pending');
    expect(evaluations.at(2, client('4'), 'change')).toBe('admin-own: max_reached');
    expect(evaluations.at(3, client('3', { refillSeq: 1 }), 'change')).toBe('admin-own: max_reached');
    expect(evaluations.at(4, client('9', { refillSeq: 2 }), 'change')).toBe('admin-own: above_threshold');
    expect(evaluations.at(5, client('4', { refillSeq: 2 }), 'change')).toBe('admin-own: period_not_elapsed');
    expect(evaluations.at(61, client('4', { refillSeq: 2 }), 'change')).toBe('admin-own: sent 1');
  });

  test('without a billing email the client is not notified, and the event is written all the same', () => {
    const set = rules(
      ownRules({
        ...noOwnLowBalance,
        ...{ lowBalanceThreshold: '5.00', notifyClient: true, notifyAdmin: true, billingRecipients: [] },
      }),
    );
    expect(new Evaluations(set).at(0, client('4'), 'change')).toBe('client-own: no_recipients, admin-own: sent 1');
  });
});

describe('a capacity', () => {
  test('applies while the rule is low, whatever is silenced, and again and again', () => {
    const evaluations = new Evaluations(own({ lowBalanceCapacity: 1 }));
    const silenced = { silences: { '*': startMs + 600_000 } };
    expect(evaluations.at(0, client('4', silenced), 'change')).toBe('capacity: sent');
    expect(evaluations.at(1, client('3', silenced), 'change')).toBe('capacity: sent');
    expect(evaluations.at(2, client('3', { paused: true }), 'change')).toBe('capacity: paused');
    expect(evaluations.at(3, client('3', { balance: null }), 'change')).toBe('capacity: balance_unknown');
    expect(evaluations.ruleStates['capacity']?.lowSince).toBe(startMs);
    expect(evaluations.at(4, client('3', { unlimited: true }), 'change')).toBe('capacity: unlimited');
    expect(evaluations.ruleStates['capacity']?.lowSince).toBeNull();
  });

  test('a client that is low by it alone is low: neither silenced nor exhausted', () => {
    const verdicts = [{ rule: 'capacity', reason: 'sent' as const }];
    expect(deriveState(client('4', { silences: { '*': startMs + 1 } }), verdicts, startMs)).toBe('low');
    const beside = [...verdicts, { rule: 'client-own', reason: 'max_reached' as const }];
    expect(deriveState(client('4'), beside, startMs)).toBe('exhausted');
  });

  test('the ledger signals the monitor where the capacity returns, not where it fell', () => {
    const set = own({ lowBalanceCapacity: 1, lowBalanceRestoreAt: '10.00' });
    const evaluations = new Evaluations(set);
    evaluations.at(0, client('7'), 'change');
    expect(wakeBoundsOf(set, evaluations.ruleStates, client('7'), startMs).below).toBe('4.999999');
    evaluations.at(1, client('4'), 'change');
    expect(wakeBoundsOf(set, evaluations.ruleStates, client('4'), startMs).above).toBe('10.00');
  });

  test('5.00 stays at 3, 4.99 gives 1, 7.00 keeps 1, and 10.00 gives 3 again', () => {
    const mails = (expected: readonly object[]) =>
      JSON.stringify({
        scenario: 1,
        name: 'the worked example of the manual',
        start: '2026-03-01T00:00:00Z',
        until: '2026-03-02T00:00:00Z',
        client: {
          ...{ name: 'Acme', currency: 'USD', balanceModel: 'prepaid', openingBalance: '257.90' },
          ...{
            lowBalanceThreshold: '5.00',
            lowBalanceCapacity: 1,
            lowBalanceRestoreAt: '10.00',
            originationCapacity: 3,
          },
        },
        events: [
          { at: '2026-03-01T01:00:00Z', charge: '252.90' },
          { at: '2026-03-01T02:00:00Z', charge: '0.01' },
          { at: '2026-03-01T03:00:00Z', payment: { id: 'p-1', amount: '2.01' } },
          { at: '2026-03-01T04:00:00Z', payment: { id: 'p-2', amount: '3.00' } },
        ],
        expect: { notifications: expected },
      });
    const scenario = parseScenario(
      mails([
        { at: '2026-03-01T02:00:00Z', rule: 'capacity', to: [], available: '4.99', number: 1, capacity: 1 },
        { at: '2026-03-01T04:00:00Z', rule: 'capacity', to: [], available: '10.00', number: 2, capacity: 3 },
      ]),
      'example',
    );
    expect(runOnDomain(scenario)).toEqual(scenario.expected);
    expect(playByOracle(scenario)).toEqual(scenario.expected);
    const [first] = compareMails(scenario.expected, []);
    expect(first?.differences).toEqual(['missing: 2026-03-01T02:00:00Z capacity number 1, available 4.99, capacity 1']);
  });
});

describe('settings that do not fit are refused with the field at fault', () => {
  const pointerOf = (settings: Partial<OwnLowBalance>, normal: number | null = null): unknown => {
    try {
      requireLowBalance({ ...noOwnLowBalance, ...settings }, normal);
      return null;
    } catch (error) {
      return (error as { pointer?: string }).pointer;
    }
  };

  test.each([
    [{ notifyClient: true }, '/lowBalanceThreshold'],
    [{ notifyAdmin: true }, '/lowBalanceThreshold'],
    [{ lowBalanceCapacity: 0 }, '/lowBalanceThreshold'],
    [{ lowBalanceThreshold: '5', lowBalanceRestoreAt: '6' }, '/lowBalanceCapacity'],
    [{ lowBalanceThreshold: '5', lowBalanceCapacity: 1, lowBalanceRestoreAt: '4.99' }, '/lowBalanceRestoreAt'],
    [{ lowBalanceThreshold: '5', lowBalanceCapacity: 1, lowBalanceRestoreAt: '5.00' }, null],
    [{ lowBalanceThreshold: '5' }, null],
    [{}, null],
  ])('%j: %s', (settings, pointer) => {
    expect(pointerOf(settings)).toBe(pointer);
  });

  test('a capacity that is not below the normal one', () => {
    const settings = { lowBalanceThreshold: '5', lowBalanceCapacity: 3 };
    expect(pointerOf(settings, 3)).toBe('/lowBalanceCapacity');
    expect(pointerOf(settings, 4)).toBeNull();
  });
});
