import type { Explanation } from '../../../src/domain/monitoring/explain.js';
import { formatDetails } from '../../../src/workflows/monitoring/details.js';

const explanation: Explanation = {
  clientId: '7',
  state: 'ok',
  at: 0,
  lastCheckAt: null,
  nextCheckAt: Date.parse('2026-03-01T10:00:00Z'),
  intervalMs: 3_600_000,
  nextWakeAt: null,
  pausedBy: null,
  silences: {},
  grant: null,
  rules: [],
  run: { checks: 0, runs: 0, deliveries: 0 },
};

test('Temporal’s page leads back to the client where the address of Lowwater’s own page is known', () => {
  const link = '[Client 7 in Lowwater](https://lowwater.example/clients/7)';
  expect(formatDetails(explanation, 'https://lowwater.example/').split('\n')).toContain(link);
  expect(formatDetails(explanation, null)).not.toContain('](');
});
