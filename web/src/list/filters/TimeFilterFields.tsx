import { Radio, Stack } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { DateTimeInput } from '../../form/inputs/DateTimeInput';
import { t } from '../../i18n/t';
import type { ListFilter } from '../definition';
import { spanText } from './filter-text';
import { isRelativeTime } from '../list-state';
import type { Filters } from '../request';

interface TimeFilterFieldsProps {
  readonly filter: Extract<ListFilter, { kind: 'time' }>;
  readonly draft: Filters;
  readonly onDraft: (changes: Filters) => void;
}

const defaultPicks = ['-24h', '-7d', '-30d'] as const;
const custom = 'custom';

/** A span that moves along (the last seven days), or two exact times. */
export function TimeFilterFields({ filter, draft, onDraft }: TimeFilterFieldsProps): ReactNode {
  const from = draft[filter.from] ?? '';
  const to = draft[filter.to] ?? '';
  const [isExact, setExact] = useState(to !== '' || (from !== '' && !isRelativeTime(from)));
  // A span ahead of now ends at its pick, one behind it begins there.
  const parameterOf = (pick: string): string => (pick.startsWith('+') ? filter.to : filter.from);
  const picks = filter.picks ?? defaultPicks;
  const picked = picks.find((pick) => draft[parameterOf(pick)] === pick);
  const choose = (pick: string): void => {
    setExact(pick === custom);
    const change = pick === custom ? {} : { [parameterOf(pick)]: pick };
    onDraft({ [filter.from]: '', [filter.to]: '', ...change });
  };
  return (
    <>
      <Radio.Group label={t(filter.label)} value={isExact ? custom : (picked ?? '')} onChange={choose}>
        <Stack gap={8} mt={6}>
          {picks.map((pick) => (
            <Radio key={pick} size="xs" value={pick} label={spanText(pick)} />
          ))}
          <Radio size="xs" value={custom} label={t('list.filter.customRange')} />
        </Stack>
      </Radio.Group>
      {isExact && (
        <>
          <DateTimeInput
            size="sm"
            label={t('list.filter.from')}
            value={from}
            timeOfDay="00:00"
            onChange={(value) => onDraft({ [filter.from]: value })}
          />
          <DateTimeInput
            size="sm"
            label={t('list.filter.before')}
            value={to}
            timeOfDay="00:00"
            onChange={(value) => onDraft({ [filter.to]: value })}
          />
        </>
      )}
    </>
  );
}
