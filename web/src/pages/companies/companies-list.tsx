import { readList } from '../../api/lists';
import type { components } from '../../api/schema';
import { t } from '../../i18n/t';
import type { ListDefinition } from '../../list/definition';
import { EmptyCell } from '../../ui/cells/EmptyCell';
import { Money } from '../../ui/text/Money';
import { Time } from '../../ui/text/Time';
import { SideStateBadge } from './SideStateBadge';

type Company = components['schemas']['Company'];
type Side = components['schemas']['CompanySide'];

export const companiesList: ListDefinition<Company> = {
  kind: 'companies',
  name: 'companies',
  title: 'app.nav.companies',
  load: (query, signal) => readList('/v1/companies', query, signal),
  idOf: ({ id }) => id,
  nameOf: ({ name }) => name,
  sort: 'name',
  search: { parameter: 'q', placeholder: 'companies.search' },
  columns: [
    { id: 'name', label: 'common.name', sort: 'name', isName: true, render: ({ name }) => name },
    sideColumn('their', 'companies.side.their', ({ their }) => their),
    sideColumn('our', 'companies.side.our', ({ our }) => our),
    sideColumn('mutual', 'companies.side.mutual', ({ mutual }) => mutual),
    {
      id: 'externalId',
      label: 'companies.externalId',
      optional: true,
      render: ({ externalId }) => externalId ?? <EmptyCell />,
    },
    { id: 'email', label: 'companies.email', optional: true, render: ({ email }) => email ?? <EmptyCell /> },
    {
      id: 'source',
      label: 'companies.source',
      optional: true,
      render: ({ source }) => t(`companies.source.${source}`),
    },
    {
      id: 'resellerName',
      label: 'companies.reseller',
      sort: 'resellerName',
      optional: true,
      render: ({ resellerName }) => resellerName,
    },
    {
      id: 'updatedAt',
      label: 'companies.updatedAt',
      sort: 'updatedAt',
      optional: true,
      render: ({ updatedAt }) => <Time at={updatedAt} />,
    },
  ],
  filters: [
    {
      kind: 'choice',
      label: 'companies.state',
      parameter: 'state',
      options: () => (['low', 'on', 'off'] as const).map((value) => ({ value, label: t(`companies.filter.${value}`) })),
    },
  ],
};

function sideColumn(
  side: 'their' | 'our' | 'mutual',
  label: 'companies.side.their' | 'companies.side.our' | 'companies.side.mutual',
  of: (company: Company) => Side,
): ListDefinition<Company>['columns'][number] {
  return {
    id: side,
    label,
    align: 'right',
    exportedAs: [`${side}Balance`, `${side}Currency`, `${side}Threshold`, `${side}ThresholdCurrency`, `${side}State`],
    render: (company) => {
      const { balance, state } = of(company);
      return (
        <>
          <Money value={balance} /> {state !== 'off' && state !== 'ok' && <SideStateBadge state={state} />}
        </>
      );
    },
  };
}
