import { intlLocale } from '../../i18n/language';
import { t } from '../../i18n/t';
import { zoneOf } from '../../i18n/zone';
import { moneyText } from '../../ui/text/money-text';
import { timeText } from '../../ui/text/time-text';
import type { ListFilter } from '../definition';
import { isRelativeTime } from '../list-state';
import { filterValue, type Filters } from '../request';

/** What a filter is set to, in words; a reference is named by who knows its name. */
export function filterText(filter: ListFilter, filters: Filters): string {
  switch (filter.kind) {
    case 'money':
      return between(filters[filter.from], filters[filter.to], (amount) =>
        moneyText(amount, filters[filter.currency] ?? null, intlLocale()),
      );
    case 'percentRange':
      return between(filters[filter.from], filters[filter.to], percentText, 'list.filter.below');
    case 'time':
      return timeRange(filters[filter.from], filters[filter.to]);
    case 'choice':
      return (filterValue(filter, filters) ?? '')
        .split(',')
        .map((value) => filter.options().find((option) => option.value === value)?.label ?? value)
        .join(', ');
    case 'number': {
      const value = filters[filter.parameter] ?? '';
      return filter.none?.value === value ? t(filter.none.label) : value;
    }
    case 'flag':
      return t('common.yes');
    default:
      return filters[filter.parameter] ?? '';
  }
}

function between(
  from: string | undefined,
  to: string | undefined,
  write: (value: string) => string,
  upTo: 'list.filter.upTo' | 'list.filter.below' = 'list.filter.upTo',
): string {
  if (from !== undefined && to !== undefined) return t('list.filter.between', { from: write(from), to: write(to) });
  if (from !== undefined) return t('list.filter.atLeast', { value: write(from) });
  return to === undefined ? '' : t(upTo, { value: write(to) });
}

function percentText(percent: string): string {
  return `${percent.replace('-', '\u2212')}%`;
}

function timeRange(from: string | undefined, to: string | undefined): string {
  if (from !== undefined && to === undefined && isRelativeTime(from)) return spanText(from);
  if (from !== undefined && to !== undefined) {
    return t('list.filter.between', { from: instantText(from), to: instantText(to) });
  }
  if (from !== undefined) return t('list.filter.since', { value: instantText(from) });
  return to === undefined ? '' : t('list.filter.until', { value: instantText(to) });
}

function instantText(text: string): string {
  return isRelativeTime(text) ? text : timeText(Date.parse(text), zoneOf(), intlLocale());
}

/** `-24h`: the last 24 hours; what lies ahead keeps its short form, `+7d`. */
export function spanText(text: string): string {
  const [, sign, count = '', unit] = /^([+-])(\d+)([hdw])$/.exec(text) ?? [];
  if (sign !== '-') return text;
  const n = Number(count);
  if (unit === 'h') return t('list.filter.lastHours', { n });
  return t('list.filter.lastDays', { n: unit === 'w' ? n * 7 : n });
}
