import { Button, Group, Menu } from '@mantine/core';
import { IconFilterPlus } from '@tabler/icons-react';
import { Fragment, useState, type ReactNode } from 'react';
import { t } from '../../i18n/t';
import { AdvancedSearch } from './AdvancedSearch';
import { bySection, parametersOf, type ListFilter } from '../definition';
import { FilterChip } from './FilterChip';
import { filterValue, withoutFilter, type Filters } from '../request';

interface FilterBarProps {
  readonly filters: readonly ListFilter[];
  readonly values: Filters;
  readonly onFilter: (changes: Filters) => void;
}

/** The filters that are set, as chips to change or take away, and a menu of the others. */
export function FilterBar({ filters, values, onFilter }: FilterBarProps): ReactNode {
  const [editing, setEditing] = useState<ListFilter | null>(null);
  const isSet = (filter: ListFilter): boolean => filterValue(filter, values) !== null;
  const set = filters.filter(isSet);
  const others = filters.filter((filter) => !isSet(filter));
  if (filters.length === 0) return null;

  const add = (filter: ListFilter): void => {
    // A flag has nothing to edit: choosing it sets it.
    if (filter.kind === 'flag') onFilter({ [filter.parameter]: filter.value });
    else setEditing(filter);
  };
  return (
    <Group gap={6}>
      {filters
        .filter((filter) => isSet(filter) || filter === editing)
        .map((filter) => (
          <FilterChip
            key={parametersOf(filter).join()}
            filter={filter}
            values={values}
            opened={filter === editing}
            onOpen={() => setEditing(filter)}
            onClose={() => setEditing(null)}
            onFilter={onFilter}
          />
        ))}
      {others.length > 0 && (
        <Menu position="bottom-start" shadow="md">
          <Menu.Target>
            <Button variant="subtle" size="compact-sm" leftSection={<IconFilterPlus size={16} aria-hidden />}>
              {t('list.filter.add')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown mah="60dvh" style={{ overflowY: 'auto' }}>
            {bySection(others).map(([section, members]) => (
              <Fragment key={section}>
                {section !== undefined && <Menu.Label>{t(section)}</Menu.Label>}
                {members.map((filter) => (
                  <Menu.Item key={parametersOf(filter).join()} onClick={() => add(filter)}>
                    {t(filter.label)}
                  </Menu.Item>
                ))}
              </Fragment>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
      {filters.some(({ section }) => section !== undefined) && (
        <AdvancedSearch filters={filters} values={values} onFilter={onFilter} />
      )}
      {set.length > 0 && (
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          onClick={() => onFilter(Object.assign({}, ...set.map(withoutFilter)) as Filters)}
        >
          {t('list.filter.clear')}
        </Button>
      )}
    </Group>
  );
}
