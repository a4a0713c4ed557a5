import { IconArrowDown, IconArrowUp, IconEqual, IconSparkles } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { readList } from '../../../../api/lists';
import { t } from '../../../../i18n/t';
import type { ListDefinition, Option } from '../../../../list/definition';
import { ToneBadge } from '../../../../ui/badges/ToneBadge';
import { EmptyCell } from '../../../../ui/cells/EmptyCell';
import { Time } from '../../../../ui/text/Time';
import type { TableRate } from '../queries';
import { InlineRate } from './InlineRate';
import { timeProfileText } from './rate-values';

type Change = TableRate['prevDiffStatus'];

const changes: Readonly<
  Record<Change, { readonly tone: 'blue' | 'gray' | 'orange' | 'teal'; readonly icon: typeof IconEqual }>
> = {
  new: { tone: 'blue', icon: IconSparkles },
  unchanged: { tone: 'gray', icon: IconEqual },
  increased: { tone: 'orange', icon: IconArrowUp },
  decreased: { tone: 'teal', icon: IconArrowDown },
};
const changeNames = Object.keys(changes) as Change[];

function ChangeBadge({ change }: { readonly change: Change }): ReactNode {
  const { tone, icon } = changes[change];
  return (
    <ToneBadge tone={tone} icon={icon}>
      {t(`rateTables.change.${change}`)}
    </ToneBadge>
  );
}

const changeOptions = (): Option[] => changeNames.map((value) => ({ value, label: t(`rateTables.change.${value}`) }));

/** The columns of the manual, in its order. */
export const ratesList: ListDefinition<TableRate> = {
  kind: 'tableRates',
  name: 'table-rates',
  title: 'rateTables.rates',
  load: ({ rateTableId = '', ...query }, signal) =>
    readList('/v1/rate-tables/{id}/rates', query, signal, { id: rateTableId }),
  idOf: ({ id }) => id,
  nameOf: ({ code, codeName }) => (codeName === null ? code : `${code} ${codeName}`),
  sort: 'code,effectiveFrom',
  search: { parameter: 'q', placeholder: 'rateTables.rates.search' },
  columns: [
    { id: 'code', label: 'rateTables.code', sort: 'code', isName: true, render: ({ code }) => code },
    {
      id: 'codeName',
      label: 'rateTables.codeName',
      sort: 'codeName',
      render: ({ codeName }) => codeName ?? <EmptyCell />,
    },
    {
      ...{ id: 'effectiveFrom', label: 'rateTables.effectiveFrom', sort: 'effectiveFrom' },
      render: ({ effectiveFrom }) => <Time at={effectiveFrom} />,
    },
    {
      ...{ id: 'rate', label: 'rateTables.rate', sort: 'rate', align: 'right' },
      render: (row) => <InlineRate key={`${row.id} ${row.version}`} row={row} />,
    },
    {
      id: 'minVolume',
      label: 'rateTables.minVolume',
      align: 'right',
      optional: true,
      render: ({ minVolume }) => minVolume,
    },
    { id: 'interval', label: 'rateTables.interval', align: 'right', optional: true, render: (row) => row.interval },
    {
      ...{ id: 'graceVolume', label: 'rateTables.graceVolume', align: 'right', optional: true },
      render: ({ graceVolume }) => graceVolume,
    },
    {
      id: 'setupFee',
      label: 'rateTables.setupFee',
      align: 'right',
      optional: true,
      render: ({ setupFee }) => setupFee,
    },
    {
      ...{ id: 'timeProfile', label: 'rateTables.timeProfile', sort: 'timeProfile', minWindow: 1400 },
      render: ({ timeProfile }) => timeProfileText(timeProfile),
    },
    {
      ...{ id: 'endsAt', label: 'rateTables.endsAt', minWindow: 1400 },
      render: ({ endsAt }) => (endsAt === null ? <EmptyCell /> : <Time at={endsAt} />),
    },
    {
      ...{ id: 'previousRate', label: 'rateTables.previousRate', align: 'right' },
      render: ({ previousRate }) => previousRate ?? <EmptyCell />,
    },
    {
      ...{ id: 'prevDiff', label: 'rateTables.prevDiff', align: 'right', minWindow: 1400 },
      render: ({ prevDiff }) => prevDiff ?? <EmptyCell />,
    },
    {
      ...{ id: 'prevDiffStatus', label: 'rateTables.prevDiffStatus' },
      render: ({ prevDiffStatus }) => <ChangeBadge change={prevDiffStatus} />,
    },
    {
      ...{ id: 'prevDiffExport', label: 'rateTables.prevDiffExport', align: 'right', optional: true },
      render: ({ prevDiffExport }) => prevDiffExport ?? <EmptyCell />,
    },
    {
      ...{ id: 'prevDiffStatusExport', label: 'rateTables.prevDiffStatusExport', minWindow: 1600 },
      render: ({ prevDiffStatusExport }) => <ChangeBadge change={prevDiffStatusExport} />,
    },
    { id: 'notes', label: 'rateTables.notes', optional: true, render: ({ notes }) => notes ?? <EmptyCell /> },
    {
      ...{ id: 'tags', label: 'rateTables.tags', optional: true },
      render: ({ tags }) => (tags.length === 0 ? <EmptyCell /> : tags.join(', ')),
    },
    {
      id: 'policy',
      label: 'rateTables.policy',
      optional: true,
      render: ({ policy }) => t(`rateTables.policy.${policy}`),
    },
    { id: 'status', label: 'rateTables.status', render: ({ status }) => t(`rateTables.status.${status}`) },
  ],
  filters: [
    {
      ...{ kind: 'choice', label: 'rateTables.view', parameter: 'view' },
      options: () => (['latest', 'current'] as const).map((value) => ({ value, label: t(`rateTables.view.${value}`) })),
    },
    { kind: 'text', label: 'rateTables.code', parameter: 'code' },
    { kind: 'text', label: 'rateTables.timeProfile', parameter: 'timeProfile' },
    {
      ...{ kind: 'choice', label: 'rateTables.policy', parameter: 'policy' },
      options: () =>
        (['regular', 'additive'] as const).map((value) => ({ value, label: t(`rateTables.policy.${value}`) })),
    },
    {
      ...{ kind: 'choice', label: 'rateTables.status', parameter: 'status' },
      options: () =>
        (['active', 'stashed'] as const).map((value) => ({ value, label: t(`rateTables.status.${value}`) })),
    },
    {
      ...{ kind: 'choice', label: 'rateTables.prevDiffStatus', parameter: 'prevDiffStatus', multiple: true },
      options: changeOptions,
    },
    {
      ...{
        kind: 'choice',
        label: 'rateTables.prevDiffStatusExport',
        parameter: 'prevDiffStatusExport',
        multiple: true,
      },
      options: changeOptions,
    },
    { kind: 'time', label: 'rateTables.effectiveFrom', from: 'effectiveFrom', to: 'effectiveTo' },
    { kind: 'text', label: 'rateTables.tags', parameter: 'tag' },
  ],
};
