import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { createMetrics } from '../../src/observability/metrics.js';
import { databaseRoles } from '../../src/storage/system/database.js';

interface Rule {
  alert: string;
  expr: string;
  labels: { severity: string };
  annotations: { summary: string };
}
interface Panel {
  title: string;
  type: string;
  targets?: { expr: string }[];
}

const read = (file: string): string => readFileSync(path.join(__dirname, '../..', file), 'utf8');

const { groups } = parse(read('deploy/prometheus/rules.yml')) as { groups: { rules: Rule[] }[] };
const rules = groups.flatMap((group) => group.rules);
const dashboard = JSON.parse(read('deploy/grafana/dashboards/lowwater.json')) as { panels: Panel[] };
const operations = read('docs/operations.md');

/** Series that the SDK gives its workers, as this project sets it up: base units, with `_total` and `_seconds`. */
const sdkMetrics = [
  'temporal_workflow_task_execution_failed_total',
  'temporal_workflow_task_schedule_to_start_latency_seconds',
  'temporal_sticky_cache_size',
  'temporal_sticky_cache_miss_total',
];

async function knownNames(): Promise<string[]> {
  const metrics = createMetrics();
  metrics.collectFleet(() => Promise.reject(new Error('not asked here')));
  const names = metrics.registry.getMetricsAsArray().map(({ name }) => name);
  metrics.registry.clear();
  return [...names, ...sdkMetrics, 'up'];
}

/** Names of series in an expression, without what a histogram adds to its name. */
function metricsIn(expression: string): string[] {
  return [...expression.matchAll(/\b(?:lowwater|temporal|process|nodejs)_\w+/g)].map(([name]) =>
    name.replace(/_(bucket|sum|count)$/, ''),
  );
}

describe('alerts', () => {
  test.each(rules)('$alert asks for metrics that exist', async ({ expr }) => {
    const known = await knownNames();

    expect(metricsIn(expr).filter((name) => !known.includes(name))).toEqual([]);
    expect([...expr].filter((sign) => sign === '(')).toHaveLength([...expr].filter((sign) => sign === ')').length);
  });

  test.each(rules)('$alert says what is wrong, and operations.md says what to do', ({ alert, labels, annotations }) => {
    expect(['critical', 'warning']).toContain(labels.severity);
    expect(annotations.summary.length).toBeGreaterThan(20);
    expect(operations).toContain(`\`${alert}\``);
  });
});

describe('the dashboard', () => {
  const panels = dashboard.panels.filter(({ type }) => type !== 'row');

  test.each(panels)('"$title" asks for metrics that exist', async ({ targets = [] }) => {
    const known = await knownNames();

    expect(targets.length).toBeGreaterThan(0);
    expect(targets.flatMap(({ expr }) => metricsIn(expr)).filter((name) => !known.includes(name))).toEqual([]);
  });
});

describe('docs/operations.md', () => {
  test('explains every metric of ours', async () => {
    const own = (await knownNames()).filter((name) => name.startsWith('lowwater_'));

    expect(own.length).toBeGreaterThan(12);
    expect(own.filter((name) => !operations.includes(`\`${name}`))).toEqual([]);
  });

  test('names no metric that does not exist', async () => {
    const known = await knownNames();
    const databaseUsers = ['lowwater_app', ...Object.values(databaseRoles)];
    const named = metricsIn(operations).filter((name) => !databaseUsers.includes(name));

    expect(named.filter((name) => !known.includes(name))).toEqual([]);
  });
});
