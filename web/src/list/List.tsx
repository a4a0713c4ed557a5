import { Paper, Stack } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useState, type ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { t } from '../i18n/t';
import { FailedState } from '../ui/FailedState';
import { useShortcuts } from '../ui/shortcuts';
import { BulkBar } from './BulkBar';
import classes from './list.module.css';
import type { EmptyList, ListDefinition } from './definition';
import { Facets } from './filters/Facets';
import { ListBody } from './table/ListBody';
import { ListToolbar } from './ListToolbar';
import { NewRows } from './table/NewRows';
import { Pager } from './table/Pager';
import { isNarrowed, withIncludes, type Filters } from './request';
import { nothingSelected, type Selection } from './selection';
import { useColumns } from './table/use-columns';
import { useListRows } from './use-list-rows';
import { useListState } from './use-list-state';

export interface ListProps<Row> {
  readonly definition: ListDefinition<Row>;
  /** where a row leads: its page */
  readonly hrefOf?: (row: Row) => string;
  /** what opens a row that has no page: a drawer */
  readonly onOpen?: (row: Row) => void;
  /** the filters that a page sets and the user does not see, such as the client of a client's page */
  readonly fixed?: Filters;
  /** what can be done with a selection; without it nothing can be selected */
  readonly bulk?: (selection: Selection<Row>, clear: () => void) => ReactNode;
  /** null: the user may do nothing with a row */
  readonly rowActions?: ((row: Row) => ReactNode) | null;
  /** the right end of the toolbar: the button that makes a new one */
  readonly actions?: ReactNode;
  readonly empty: EmptyList;
  /** set in front of every parameter where two lists share an address */
  readonly prefix?: string;
}

const noFilters: Filters = {};
/** 768 px: below it a table has no room, and rows become cards. */
const narrow = '(max-width: 47.99em)';

/** A list of the API: search, filters, columns, views, selection, pages. Its address is its state. */
export function List<Row>(props: ListProps<Row>): ReactNode {
  const { definition, hrefOf, onOpen, fixed = noFilters, bulk, rowActions, actions, empty, prefix } = props;
  const controls = useListState(definition, prefix);
  const columns = useColumns(definition, controls);
  const list = useListRows(withIncludes(definition, columns.shown), controls.state, fixed);
  const [selection, setSelection] = useSelection<Row>(controls.state.filters);
  const isNarrow = useMediaQuery(narrow, undefined, { getInitialValueInEffect: false }) ?? false;
  const navigate = useNavigate();
  const open = (row: Row): void => (hrefOf ? void navigate(hrefOf(row)) : onOpen?.(row));
  useShortcuts(
    hrefOf || onOpen
      ? // Enter on a row is handled by the row; it is listed here for the help.
        [{ keys: 'Enter', label: t('list.keys.open'), group: t('list.keys'), run: pressFocused }]
      : [],
  );

  return (
    <Stack gap="xs" className={classes['list']} data-facets={definition.facets !== undefined || undefined}>
      <ListToolbar
        definition={definition}
        controls={controls}
        columns={columns}
        fixed={fixed}
        actions={actions}
        isNarrow={isNarrow}
        hasPrefix={prefix !== undefined}
      />
      {definition.facets && (
        <Facets
          facets={list.page ? definition.facets(list.page) : null}
          filters={controls.state.filters}
          known={definition.filters}
          onFilter={controls.filter}
        />
      )}
      {list.page && definition.summary?.(list.page)}
      {list.error !== null && <FailedState error={list.error} onRetry={list.retry} />}
      <NewRows waiting={list.waiting} onShow={list.showWaiting} />
      <Paper withBorder>
        {(list.page !== null || list.error === null) && (
          <ListBody
            definition={definition}
            controls={controls}
            columns={columns.shown}
            list={list}
            selection={bulk ? { value: selection, set: setSelection } : null}
            isNarrow={isNarrow}
            isNarrowed={isNarrowed(definition, controls.state.filters)}
            empty={empty}
            open={hrefOf || onOpen ? open : null}
            hrefOf={hrefOf ?? null}
            rowActions={rowActions ?? null}
          />
        )}
      </Paper>
      <Pager page={list.page} controls={controls} />
      {bulk && (
        <BulkBar
          selection={selection}
          total={list.page?.total ?? null}
          filters={{ ...controls.state.filters, ...fixed }}
          onSelect={setSelection}
        >
          {bulk(selection, () => setSelection(nothingSelected()))}
        </BulkBar>
      )}
    </Stack>
  );
}

/** A selection is of what the filters find: with other filters it is gone. */
function useSelection<Row>(filters: Filters): [Selection<Row>, (next: Selection<Row>) => void] {
  const signature = JSON.stringify(filters);
  const [held, setHeld] = useState({ signature, selection: nothingSelected<Row>() });
  const selection = held.signature === signature ? held.selection : nothingSelected<Row>();
  return [selection, (next) => setHeld({ signature, selection: next })];
}

function pressFocused(event: KeyboardEvent): void {
  if (event.target instanceof HTMLElement && event.target.matches('a, button, input')) event.target.click();
}
