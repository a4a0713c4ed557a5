import type { MonitorSummary } from '../../domain/monitoring/explain.js';
import { withoutEndSlash } from '../../domain/urls.js';

/** What Temporal UI shows of a running monitor: state, rule table, and the run. */
export function formatDetails(summary: MonitorSummary, publicUrl: string | null): string {
  const { clientId, state, lastCheckAt, nextCheckAt, pausedBy, grant, rules, run } = summary;
  const lines = [
    `**${state}** · last check ${when(lastCheckAt)} · next check ${when(nextCheckAt)}`,
    ...(publicUrl === null
      ? []
      : ['', `[Client ${clientId} in Lowwater](${withoutEndSlash(publicUrl)}/clients/${clientId})`]),
    ...(pausedBy === null ? [] : [`Paused by ${pausedBy}.`]),
    ...(grant === null ? [] : [`Temporary credit ${grant.id} from ${when(grant.from)} until ${when(grant.until)}.`]),
    '',
    '| rule | threshold | count | last notification | result | can notify from |',
    '|---|---|---|---|---|---|',
    ...rules.map(
      (rule) =>
        `| ${rule.key} | ${thresholdText(rule.threshold)} | ${rule.state?.count ?? 0} of ${rule.maxNotifications ?? '∞'} | ${when(rule.state?.lastNotifiedAt ?? null)} | ${rule.lastReason ?? '–'} | ${when(rule.nextPossibleAt)} |`,
    ),
    '',
    `Run ${run.runs + 1}, ${run.checks} checks in this run, ${run.deliveries} notifications pending.`,
  ];
  return lines.join('\n');
}

function thresholdText(threshold: MonitorSummary['rules'][number]['threshold']): string {
  if (!threshold) return 'off';
  switch (threshold.kind) {
    case 'below':
    case 'belowOwn':
      return `< ${threshold.value}`;
    case 'atMost':
      return `≤ ${threshold.value}`;
    case 'debtAtLeast':
      return `debt ≥ ${threshold.value}`;
    case 'debtShare':
      return `debt ≥ ${threshold.percent}% of the credit limit`;
  }
}

function when(ms: number | null): string {
  return ms === null ? '–' : new Date(ms).toISOString().replace('.000Z', 'Z');
}
