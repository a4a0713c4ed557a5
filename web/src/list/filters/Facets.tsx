import { Chip, Group, Skeleton, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { numberFormat } from '../../i18n/intl';
import { intlLocale } from '../../i18n/language';
import { t } from '../../i18n/t';
import type { Facet, ListFilter } from '../definition';
import classes from '../list.module.css';
import { chosenValues, toggled, type Filters } from '../request';

interface FacetsProps {
  /** null: not counted yet */
  readonly facets: readonly Facet[] | null;
  readonly filters: Filters;
  /** the filters that the list has: one of them may hold without a word of the user */
  readonly known: readonly ListFilter[];
  readonly onFilter: (changes: Filters) => void;
}

/** How the rows divide, each part a filter to click. It has its height before it has its numbers. */
export function Facets({ facets, filters, known, onFilter }: FacetsProps): ReactNode {
  const numbers = numberFormat(intlLocale());
  return (
    <Group gap="md" mih={24} className={classes['facets']} role="group" aria-label={t('list.facets')}>
      {facets === null && <Skeleton h={16} w={260} />}
      {facets
        ?.filter(({ options }) => options.length > 0)
        .map((facet) => {
          const { parameter, label, options } = facet;
          const chosen = chosenValues(filters, parameter, known);
          return (
            <Group key={parameter} gap={6} wrap="nowrap" role="group" aria-label={t(label)}>
              <Text size="xs" c="dimmed" style={{ whiteSpace: 'nowrap' }}>
                {t(label)}
              </Text>
              {options.map(({ value, label: text, count }) => (
                <Chip
                  key={value}
                  size="xs"
                  variant="outline"
                  checked={chosen.includes(value)}
                  onChange={() => onFilter(toggled(filters, facet, value, known))}
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
