import { Select } from '@mantine/core';
import type { ReactNode } from 'react';
import { t } from '../../i18n/t';
import type { ListDefinition } from '../definition';
import { sortOf } from '../request';
import type { ListControls } from '../use-list-state';

interface SortSelectProps<Row> {
  readonly definition: ListDefinition<Row>;
  readonly controls: ListControls;
}

/** The order of the rows where there is no head to click on. */
export function SortSelect<Row>({ definition, controls }: SortSelectProps<Row>): ReactNode {
  const data = definition.columns.flatMap(({ sort, label, group }) => {
    if (sort === undefined) return [];
    const name = group === undefined ? t(label) : `${t(group)} · ${t(label)}`;
    return [
      { value: sort, label: `${name}, ${t('list.sort.ascending')}` },
      { value: `-${sort}`, label: `${name}, ${t('list.sort.descending')}` },
    ];
  });
  const sort = sortOf(definition, controls.state);
  return (
    <Select
      size="xs"
      miw={0}
      style={{ flex: 1 }}
      aria-label={t('list.sort.label')}
      placeholder={t('list.sort.by')}
      data={data}
      value={data.some(({ value }) => value === sort) ? sort : null}
      onChange={(value) => controls.set({ sort: value })}
    />
  );
}
