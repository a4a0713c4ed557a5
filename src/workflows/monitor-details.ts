import type { Explanation } from '../contract/monitor.js';

/** What Temporal's own page shows of a running monitor: enough for whoever looks at 3 a.m. */
export function monitorDetails(explanation: Explanation, publicUrl: string | null): string {
  const { clientId, word, lastCheckAt, nextCheckAt, pausedBy, grant, rules, run } = explanation;
  const lines = [
    `**${word}** · last check ${when(lastCheckAt)} · next check ${when(nextCheckAt)}`,
    ...(publicUrl === null
      ? []
      : ['', `[Client ${clientId} in Lowwater](${publicUrl.replace(/\/$/, '')}/clients/${clientId})`]),
    ...(pausedBy === null ? [] : [`Paused by ${pausedBy}.`]),
    ...(grant === null ? [] : [`Temporary credit ${grant.id} from ${when(grant.from)} until ${when(grant.until)}.`]),
    '',
    '| rule | threshold | sent | last sent | says | can send from |',
    '|---|---|---|---|---|---|',
    ...rules.map(
      (rule) =>
        `| ${rule.key} | ${thresholdText(rule.threshold)} | ${rule.state?.count ?? 0} of ${rule.maxSends ?? '∞'} | ${when(rule.state?.sentAt ?? null)} | ${rule.last ?? '–'} | ${when(rule.nextPossibleAt)} |`,
    ),
    '',
    `Run ${run.runs + 1}, ${run.checks} checks in it, ${run.deliveries} mails on their way.`,
  ];
  return lines.join('\n');
}

function thresholdText(threshold: Explanation['rules'][number]['threshold']): string {
  if (!threshold) return 'off';
  switch (threshold.kind) {
    case 'below':
      return `< ${threshold.value}`;
    case 'atMost':
      return `≤ ${threshold.value}`;
    case 'debtAtLeast':
      return `debt ≥ ${threshold.value}`;
    case 'debtShare':
      return `debt ≥ ${threshold.percent} % of limit`;
  }
}

function when(ms: number | null): string {
  return ms === null ? '–' : new Date(ms).toISOString().replace('.000Z', 'Z');
}
