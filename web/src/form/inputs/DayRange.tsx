import { Group, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { t } from '../../i18n/t';

interface DayRangeProps {
  /** `2026-03-01` */
  readonly from: string;
  readonly to: string;
  /** whose days they are, in words */
  readonly zone: string;
  readonly onChange: (range: { readonly from: string; readonly to: string }) => void;
}

/** The days of a report, both included. A day that is being typed changes nothing until it is one. */
export function DayRange({ from, to, zone, onChange }: DayRangeProps): ReactNode {
  const isBackwards = to < from;
  return (
    <Group gap="sm" align="flex-start">
      <TextInput
        type="date"
        label={t('reports.from')}
        description={zone}
        value={from}
        onChange={({ currentTarget: { value } }) => value !== '' && onChange({ from: value, to })}
      />
      <TextInput
        type="date"
        label={t('reports.to')}
        description={zone}
        value={to}
        error={isBackwards ? t('reports.backwards') : null}
        onChange={({ currentTarget: { value } }) => value !== '' && onChange({ from, to: value })}
      />
    </Group>
  );
}
