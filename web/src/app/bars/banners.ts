import type { HealthSummary } from '../../api/types';

type Check = HealthSummary['checks'][number];

/** A banner about a part that is not well. */
export interface HealthBanner {
  readonly name: Check['name'];
  readonly isDown: boolean;
  readonly since: string | null;
  readonly detail: string;
  readonly remedy: string | null;
}

/** The order of banners, whatever order the service lists them in: what stops everything comes first. */
const order: readonly Check['name'][] = [
  'worker',
  'temporal',
  'balance_source',
  'smtp',
  'bounces',
  'outbox',
  'monitors',
  'migrations',
  'versions',
];

export function healthBanners(checks: readonly Check[]): HealthBanner[] {
  return checks
    .filter(({ status }) => status !== 'ok')
    .sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name))
    .map(({ name, status, since, detail, remedy }) => ({ name, isDown: status === 'down', since, detail, remedy }));
}
