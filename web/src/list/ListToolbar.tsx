import { Box, Group, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { t } from '../i18n/t';
import { ColumnChooser } from './table/ColumnChooser';
import type { ListDefinition } from './definition';
import { FilterBar } from './filters/FilterBar';
import { ExportButton } from './ExportButton';
import type { Filters } from './request';
import { SavedViews } from './SavedViews';
import { SearchBox } from './filters/SearchBox';
import { SortSelect } from './table/SortSelect';
import type { Columns } from './table/use-columns';
import type { ListControls } from './use-list-state';

interface ListToolbarProps<Row> {
  readonly definition: ListDefinition<Row>;
  readonly controls: ListControls;
  readonly columns: Columns<Row>;
  readonly fixed: Filters;
  readonly actions: ReactNode;
  readonly isNarrow: boolean;
  /** a list next to others: its address is not one to keep */
  readonly hasPrefix: boolean;
}

export function ListToolbar<Row>(props: ListToolbarProps<Row>): ReactNode {
  const { definition, controls, columns, fixed, actions, isNarrow, hasPrefix } = props;
  const { search } = definition;
  const isWhole = !hasPrefix && Object.keys(fixed).length === 0;
  return (
    <Stack gap="xs">
      <Group justify="space-between" gap="xs">
        {search && (
          <Group gap="xs" wrap="nowrap" {...(isNarrow && { w: '100%' })}>
            <SearchBox
              value={controls.state.filters[search.parameter] ?? ''}
              placeholder={t(search.placeholder)}
              onChange={(value) => controls.filter({ [search.parameter]: value }, true)}
            />
            {isNarrow && <Box flex="none">{actions}</Box>}
          </Group>
        )}
        <Group gap="xs" ml="auto" {...(isNarrow && { w: '100%', wrap: 'nowrap' })}>
          {isWhole && <SavedViews name={definition.name} controls={controls} />}
          {isNarrow && <SortSelect definition={definition} controls={controls} />}
          <ColumnChooser columns={columns} />
          {definition.exported !== false && (
            <ExportButton definition={definition} controls={controls} columns={columns} fixed={fixed} />
          )}
          {!isNarrow && actions}
        </Group>
      </Group>
      {isNarrow && !search && <Group gap="xs">{actions}</Group>}
      <FilterBar filters={definition.filters} values={controls.state.filters} onFilter={controls.filter} />
    </Stack>
  );
}
