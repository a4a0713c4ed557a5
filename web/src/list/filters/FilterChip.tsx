import { CloseButton, Popover, UnstyledButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { t } from '../../i18n/t';
import type { ListFilter } from '../definition';
import { FilterEditor } from './FilterEditor';
import { filterText } from './filter-text';
import classes from '../list.module.css';
import { withoutFilter, type Filters } from '../request';

interface FilterChipProps {
  readonly filter: ListFilter;
  readonly values: Filters;
  readonly opened: boolean;
  readonly onOpen: () => void;
  readonly onClose: () => void;
  readonly onFilter: (changes: Filters) => void;
}

/** One filter: what it is set to, its editor on a click, and a cross that takes it away. */
export function FilterChip({ filter, values, opened, onOpen, onClose, onFilter }: FilterChipProps): ReactNode {
  const text = useFilterText(filter, values);
  const label = text === '' ? t(filter.label) : `${t(filter.label)}: ${text}`;
  return (
    <Popover
      opened={opened}
      onChange={(isOpen) => (isOpen ? onOpen() : onClose())}
      position="bottom-start"
      shadow="md"
      trapFocus
      returnFocus
      // The button and the editor have the roles: the chip around them is no control.
      withRoles={false}
    >
      <Popover.Target>
        <span className={classes['chip']}>
          {filter.kind === 'flag' ? (
            <span className={classes['chipText']}>{t(filter.label)}</span>
          ) : (
            <UnstyledButton
              className={classes['chipText']}
              aria-label={t('list.filter.edit', { filter: label })}
              aria-haspopup="dialog"
              aria-expanded={opened}
              onClick={opened ? onClose : onOpen}
            >
              {label}
            </UnstyledButton>
          )}
          <CloseButton
            size={24}
            iconSize={14}
            radius="xl"
            aria-label={t('list.filter.remove', { filter: t(filter.label) })}
            onClick={() => {
              onClose();
              onFilter(withoutFilter(filter));
            }}
          />
        </span>
      </Popover.Target>
      <Popover.Dropdown role="dialog" aria-label={t('list.filter.edit', { filter: t(filter.label) })}>
        <FilterEditor
          filter={filter}
          values={values}
          onApply={(changes) => {
            onFilter(changes);
            onClose();
          }}
        />
      </Popover.Dropdown>
    </Popover>
  );
}

function useFilterText(filter: ListFilter, values: Filters): string {
  const id = filter.kind === 'reference' ? (values[filter.parameter] ?? '') : '';
  const none = filter.kind === 'reference' && filter.none?.value === id ? filter.none : null;
  const { data: name } = useQuery({
    queryKey: ['filter', filter.label, id],
    queryFn: ({ signal }) => (filter.kind === 'reference' ? filter.read(id, signal) : ''),
    enabled: id !== '' && none === null,
    staleTime: 60_000,
  });
  if (filter.kind !== 'reference') return filterText(filter, values);
  return none ? t(none.label) : (name ?? id);
}
