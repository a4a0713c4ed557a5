import { Chip, Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { intlLocale } from '../../i18n/language';
import { t } from '../../i18n/t';
import type { Facet } from '../definition';
import { toggled, type Filters } from '../request';

interface FacetsProps {
  readonly facets: readonly Facet[];
  readonly filters: Filters;
  readonly onFilter: (changes: Filters) => void;
}

/** How the rows divide, each part a filter to click. */
export function Facets({ facets, filters, onFilter }: FacetsProps): ReactNode {
  const numbers = new Intl.NumberFormat(intlLocale());
  return (
    <Group gap="md" role="group" aria-label={t('list.facets')}>
      {facets.map(({ parameter, label, options }) => {
        const chosen = (filters[parameter] ?? '').split(',');
        return (
          <Group key={parameter} gap={6} role="group" aria-label={t(label)}>
            <Text size="xs" c="dimmed">
              {t(label)}
            </Text>
            {options.map(({ value, label: text, count }) => (
              <Chip
                key={value}
                size="xs"
                variant="outline"
                checked={chosen.includes(value)}
                onChange={() => onFilter(toggled(filters, parameter, value))}
              >
                {text} {numbers.format(count)}
              </Chip>
            ))}
          </Group>
        );
      })}
    </Group>
  );
}
