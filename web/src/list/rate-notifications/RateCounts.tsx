import { t } from '../../i18n/t';
import type { RatePreview } from './queries';

const kinds = ['new', 'increased', 'decreased', 'unchanged', 'closed'] as const;

/** `12: 3 new, 9 increased` */
export function RateCounts({ counts }: Pick<RatePreview, 'counts'>): string {
  const parts = kinds
    .filter((kind) => counts[kind] > 0)
    .map((kind) => t(`rateNotifications.n.${kind}`, { n: counts[kind] }));
  return parts.length === 0 ? String(counts.total) : `${counts.total}: ${parts.join(', ')}`;
}
