import { t } from '../../../i18n/t';
import { isZero } from '../../../ui/text/money-text';

/** What a threshold does; at 0 a balance of exactly 0 is not below it. */
export function thresholdHint(threshold: string): string {
  return t(isZero(threshold) ? 'profiles.thresholdHint.zero' : 'profiles.thresholdHint');
}
