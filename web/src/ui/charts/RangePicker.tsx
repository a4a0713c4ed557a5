import { SegmentedControl } from '@mantine/core';
import type { ReactNode } from 'react';
import { t } from '../../i18n/t';
import { chartRanges, type ChartRange } from './chart-range';

interface RangePickerProps {
  readonly value: ChartRange;
  readonly onChange: (range: ChartRange) => void;
  /** names the control where a page has several */
  readonly label?: string;
}

/** Chooses the time range of one chart, or of several. */
export function RangePicker({ value, onChange, label = t('ui.chart.range') }: RangePickerProps): ReactNode {
  return (
    <SegmentedControl
      size="xs"
      aria-label={label}
      value={value}
      onChange={(chosen) => onChange(chartRanges.find((known) => known === chosen) ?? value)}
      data={chartRanges.map((range) => ({ value: range, label: t(`ui.chart.range.${range}`) }))}
    />
  );
}
