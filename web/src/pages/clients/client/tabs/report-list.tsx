import { readList } from '../../../../api/lists';
import type { components } from '../../../../api/schema';
import { isKey, t } from '../../../../i18n/t';
import type { ListDefinition, ListPage } from '../../../../list/definition';
import { Fields } from '../../../../ui/Fields';
import { Money, SignedMoney } from '../../../../ui/text/Money';
import { Time } from '../../../../ui/text/Time';

type Line = components['schemas']['BalanceReportLine'];
type Summary = components['schemas']['BalanceReportSummary'];

/** How a balance of one client moved: opening, lines, closing. */
export const reportList: ListDefinition<Line> = {
  kind: 'payments',
  name: 'balance-report',
  title: 'client.tab.report',
  sort: 'at',
  load: ({ clientId = '', ...query }, signal) =>
    readList('/v1/clients/{id}/balance-report', query, signal, { id: clientId }),
  idOf: ({ id }) => id,
  nameOf: ({ kind, reference }) => reference ?? lineText(kind),
  include: 'summary',
  summary: Frame,
  columns: [
    { id: 'at', label: 'client.entry.at', sort: 'at', isName: true, render: ({ at }) => <Time at={at} /> },
    { id: 'kind', label: 'client.entry.kind', render: ({ kind }) => lineText(kind) },
    {
      id: 'amount',
      label: 'client.entry.amount',
      align: 'right',
      exportedWith: ['currency'],
      render: ({ amount, currency }) => amount !== null && <SignedMoney amount={amount} currency={currency} />,
    },
    {
      id: 'balance',
      label: 'reports.balance',
      align: 'right',
      render: ({ balance, currency }) => <Money value={{ amount: balance, currency }} />,
    },
    { id: 'reference', label: 'client.entry.id', render: ({ reference }) => <span translate="no">{reference}</span> },
    { id: 'note', label: 'client.entry.note', optional: true, render: ({ note }) => note ?? '' },
  ],
  filters: [],
};

function lineText(kind: Line['kind']): string {
  const key = `reports.line.${kind}`;
  return isKey(key) ? t(key) : t(`client.entry.${kind as 'payment'}`);
}

/** The balances at the ends of the range, and what lies between them. */
function Frame(page: ListPage<Line> & { readonly summary?: Summary }) {
  if (!page.summary) return null;
  const { currency, opening, closing, rounding, kinds } = page.summary;
  return (
    <Fields
      rows={[
        [t('reports.line.opening'), <Money key="opening" value={{ amount: opening, currency }} />],
        ...kinds.map(
          ({ kind, amount }) =>
            [t(`client.entry.${kind}`), <SignedMoney key={kind} amount={amount} currency={currency} />] as const,
        ),
        [
          t('reports.line.rounding'),
          Number(rounding) === 0 ? null : <SignedMoney key="rounding" amount={rounding} currency={currency} />,
        ],
        [t('reports.line.closing'), <Money key="closing" value={{ amount: closing, currency }} />],
      ]}
    />
  );
}
