import { ActionIcon, Button, Group, Popover, Skeleton, Text, TextInput, type TextInputProps } from '@mantine/core';
import { IconCalendarClock } from '@tabler/icons-react';
import { lazy, Suspense, useRef, type ReactNode } from 'react';
import { serverNow } from '../../api/transport';
import { intlLocale } from '../../i18n/language';
import { t } from '../../i18n/t';
import { useZone } from '../../i18n/zone';
import { timeText, utcText, zoneText } from '../../ui/text/time-text';
import { parseInstant } from './parse-instant';
import { useDraftText } from './use-draft-text';

export interface QuickPick {
  readonly label: string;
  /** as it would be typed, `+7d` */
  readonly text: string;
}

interface DateTimeInputProps extends Omit<TextInputProps, 'value' | 'defaultValue' | 'onChange'> {
  /** RFC 3339; empty: no time */
  readonly value: string;
  /** gets an RFC 3339 instant, or the text as it is where that is no time: `instantError` says so */
  readonly onChange: (value: string) => void;
  /** the zone of the client that this is about */
  readonly clientZone?: string | null;
  /** the time that a date alone means, `HH:MM` */
  readonly timeOfDay?: string;
  readonly picks?: readonly QuickPick[];
}

/** What silences mostly last. */
export const silencePicks = (): readonly QuickPick[] => [
  { label: t('form.instant.hours', { n: 2 }), text: '+2h' },
  { label: t('form.instant.hours', { n: 24 }), text: '+1d' },
  { label: t('form.instant.plusWeek'), text: '+7d' },
];

/** What credits mostly last. */
export const usualPicks = (): readonly QuickPick[] => [
  { label: t('form.instant.plusDay'), text: '+1d' },
  { label: t('form.instant.plusWeek'), text: '+7d' },
  { label: t('form.instant.endOfMonth'), text: 'end of month' },
];

/** A time as people type it (`tomorrow 18:00`, `+7d`, `31.12.2026`) or pick it from a calendar. Shows which instant that is, here and in UTC. */
export function DateTimeInput(props: DateTimeInputProps): ReactNode {
  const { value, onChange, clientZone = null, timeOfDay = '23:59', picks = [], onBlur, ...rest } = props;
  const zone = useZone(clientZone);
  const locale = intlLocale();
  const box = useRef<HTMLDivElement>(null);
  const show = (text: string): string => (isInstant(text) ? timeText(Date.parse(text), zone, locale) : text);
  const typed = useDraftText(value, show);
  const change = (text: string, tidyText?: string): void => {
    const instant = parseInstant(text, { now: serverNow(), zone, locale, timeOfDay });
    const next = instant === null ? text : new Date(instant).toISOString();
    typed.type(tidyText ?? text, next);
    onChange(next);
  };
  const instant = isInstant(value) ? Date.parse(value) : null;
  const pick = (picked: number): void => {
    const next = new Date(picked).toISOString();
    typed.type(show(next), next);
    onChange(next);
  };
  return (
    <div ref={box}>
      <TextInput
        autoComplete="off"
        placeholder={t('form.instant.examples')}
        {...rest}
        value={typed.text}
        onChange={(event) => change(event.currentTarget.value)}
        onBlur={(event) => {
          typed.tidy();
          // The calendar belongs to the field.
          if (!box.current?.contains(event.relatedTarget)) onBlur?.(event);
        }}
        rightSection={
          <Popover position="bottom-end" shadow="md" trapFocus returnFocus withinPortal>
            <Popover.Target>
              <ActionIcon
                variant="subtle"
                color="gray"
                size={24}
                disabled={rest.disabled}
                aria-label={pickLabel(rest.label)}
              >
                <IconCalendarClock size={16} aria-hidden />
              </ActionIcon>
            </Popover.Target>
            <Popover.Dropdown>
              <Suspense fallback={<Skeleton h={340} w={250} />}>
                <DateTimePicker instant={instant} zone={zone} timeOfDay={timeOfDay} onPick={pick} />
              </Suspense>
            </Popover.Dropdown>
          </Popover>
        }
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        description={
          instant === null
            ? rest.description
            : `${timeText(instant, zone, locale)} ${zoneText(instant, zone, locale)} · ${utcText(instant)}`
        }
      />
      {picks.length > 0 && (
        <Group gap={4} mt={4} role="group" aria-label={t('form.instant.quick')}>
          {picks.map((pick) => (
            <Button
              key={pick.text}
              size="compact-xs"
              variant="default"
              mih={24}
              disabled={rest.disabled}
              onClick={() => change(pick.text)}
            >
              {pick.label}
            </Button>
          ))}
        </Group>
      )}
      {value !== '' && instant === null && !rest.error && (
        <Text size="xs" c="dimmed" mt={2}>
          {t('form.instant.invalid')}
        </Text>
      )}
    </div>
  );
}

/** The calendar weighs as much as a page: it comes with the first press. */
const DateTimePicker = lazy(() => import('./DateTimePicker'));

function pickLabel(label: ReactNode): string {
  return typeof label === 'string' ? t('form.instant.pickOf', { label }) : t('form.instant.pick');
}

const isInstant = (text: string): boolean => /^\d{4}-\d{2}-\d{2}T/.test(text) && !Number.isNaN(Date.parse(text));
