import { Button, Group, Text, TextInput, type TextInputProps } from '@mantine/core';
import type { ReactNode } from 'react';
import { intlLocale } from '../../i18n/language';
import { t, type Key } from '../../i18n/t';
import { durationText } from '../../ui/text/duration-text';
import { minuteMs } from '../../ui/durations';
import { parseDuration } from './parse-duration';
import { useDraftText } from './use-draft-text';

type Unit = 'minutes' | 'hours' | 'days';

interface DurationInputProps extends Omit<TextInputProps, 'value' | 'defaultValue' | 'onChange'> {
  /** whole units; null: none; a text where what was typed is no length of time (`integerError` says so) */
  readonly value: number | string | null;
  readonly onChange: (value: number | string | null) => void;
  /** what the value counts, and what a number without a unit means */
  readonly unit: Unit;
  /** values for one click */
  readonly picks?: readonly number[];
}

const unitMinutes: Readonly<Record<Unit, number>> = { minutes: 1, hours: 60, days: 1440 };
const unitNames: Readonly<Record<Unit, Key>> = {
  minutes: 'form.duration.minutes',
  hours: 'form.duration.hours',
  days: 'form.duration.days',
};

/** A length of time as people type it: `24`, `36h`, `1d 12h`, `2 weeks`. */
export function DurationInput({ value, onChange, unit, picks = [], onBlur, ...rest }: DurationInputProps): ReactNode {
  const typed = useDraftText(value === null ? '' : String(value), (text) => text);
  const change = (text: string): void => {
    const minutes = parseDuration(text, unitMinutes[unit]);
    const units = minutes === null ? null : minutes / unitMinutes[unit];
    const next = text.trim() === '' ? null : units !== null && Number.isInteger(units) ? units : text;
    typed.type(text, next === null ? '' : String(next));
    onChange(next);
  };
  const textOf = (units: number): string => durationText(units * unitMinutes[unit] * minuteMs, intlLocale());
  return (
    <div>
      <TextInput
        autoComplete="off"
        {...rest}
        value={typed.text}
        onChange={(event) => change(event.currentTarget.value)}
        onBlur={(event) => {
          typed.tidy();
          onBlur?.(event);
        }}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        description={typeof value === 'number' ? textOf(value) : rest.description}
        rightSection={
          <Text size="xs" c="dimmed">
            {t(unitNames[unit])}
          </Text>
        }
        rightSectionWidth={64}
      />
      {picks.length > 0 && (
        <Group gap={4} mt={4} role="group" aria-label={t('form.instant.quick')}>
          {picks.map((units) => (
            <Button
              key={units}
              size="compact-xs"
              variant={units === value ? 'light' : 'default'}
              aria-pressed={units === value}
              mih={24}
              disabled={rest.disabled}
              onClick={() => onChange(units)}
            >
              {textOf(units)}
            </Button>
          ))}
        </Group>
      )}
    </div>
  );
}
