import { Autocomplete } from '@mantine/core';
import type { ComponentProps, ReactNode } from 'react';
import { t } from '../../../../i18n/t';
import { timeProfiles, timeProfileText } from './rate-values';

interface TimeProfileInputProps extends Omit<ComponentProps<typeof Autocomplete>, 'value' | 'onChange' | 'data'> {
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** One of the four time profiles by its words, or a name that the operator's switch knows. */
export function TimeProfileInput({ value, onChange, ...field }: TimeProfileInputProps): ReactNode {
  const known = timeProfiles.map((name) => ({ name, text: timeProfileText(name) }));
  return (
    <Autocomplete
      label={t('rateTables.timeProfile')}
      description={t('rateTables.timeProfileHint')}
      maxLength={64}
      data={known.map(({ text }) => text)}
      // All of them are offered, whichever is chosen.
      filter={({ options }) => options}
      {...field}
      value={timeProfileText(value)}
      onChange={(text) => onChange(known.find((one) => one.text === text)?.name ?? text)}
    />
  );
}
