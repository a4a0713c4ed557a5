import { IconCircleCheck, IconCircleX, IconClock, IconEye, IconHelp } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { readList } from '../../../../api/lists';
import type { components } from '../../../../api/schema';
import { membersOf } from '../../../../api/types';
import { t } from '../../../../i18n/t';
import type { ListDefinition } from '../../../../list/definition';
import { LookBadge, type Look } from '../../../../ui/badges/ToneBadge';
import { EmptyCell } from '../../../../ui/cells/EmptyCell';
import { Money } from '../../../../ui/text/Money';
import { Time } from '../../../../ui/text/Time';

type CardPayment = components['schemas']['CardPayment'];

const statuses = membersOf<CardPayment['status']>({
  waiting: true,
  charging: true,
  held: true,
  approved: true,
  declined: true,
  unknown: true,
  cancelled: true,
});
const origins = membersOf<CardPayment['origin']>({ auto: true, by_hand: true });

/** Charges of a client's card. */
export const cardPaymentsList: ListDefinition<CardPayment> = {
  kind: 'cardPayments',
  name: 'card-payments',
  title: 'cards.payments',
  load: (query, signal) => readList('/v1/card-payments', query, signal),
  idOf: ({ id }) => id,
  nameOf: ({ key }) => key,
  sort: '-id',
  columns: [
    { id: 'decidedAt', label: 'cards.decided', isName: true, render: ({ decidedAt }) => <Time at={decidedAt} /> },
    { id: 'status', label: 'cards.status', render: ({ status }) => <Status status={status} /> },
    {
      id: 'amount',
      label: 'cards.amount',
      align: 'right',
      exportedWith: ['currency'],
      render: ({ amount, currency }) => moneyOf(amount, currency),
    },
    { id: 'reason', label: 'cards.reason', exportedWith: ['declineMessage'], render: (payment) => reasonOf(payment) },
    { id: 'origin', label: 'cards.origin', render: ({ origin }) => t(`cards.origin.${origin}`) },
    {
      id: 'cardLast4',
      label: 'cards.card',
      render: ({ cardLast4 }) => (cardLast4 === null ? <EmptyCell /> : `•••• ${cardLast4}`),
    },
    {
      id: 'chargedAmount',
      label: 'cards.charged',
      optional: true,
      align: 'right',
      exportedWith: ['chargedCurrency'],
      render: ({ chargedAmount, chargedCurrency }) => moneyOf(chargedAmount, chargedCurrency ?? ''),
    },
    {
      id: 'transactionId',
      label: 'cards.transaction',
      optional: true,
      render: ({ transactionId }) =>
        transactionId === null ? <EmptyCell /> : <span translate="no">{transactionId}</span>,
    },
    {
      id: 'paymentId',
      label: 'cards.paymentId',
      optional: true,
      render: ({ paymentId }) => (paymentId === null ? <EmptyCell /> : <span translate="no">{paymentId}</span>),
    },
    { id: 'endedAt', label: 'cards.ended', optional: true, render: ({ endedAt }) => <Time at={endedAt} none="" /> },
  ],
  filters: [
    {
      ...{ kind: 'choice', label: 'cards.status', parameter: 'status' },
      options: () => statuses.map((status) => ({ value: status, label: t(`cards.status.${status}`) })),
    },
    {
      ...{ kind: 'choice', label: 'cards.origin', parameter: 'origin' },
      options: () => origins.map((origin) => ({ value: origin, label: t(`cards.origin.${origin}`) })),
    },
  ],
};

function moneyOf(amount: string | null, currency: string): ReactNode {
  return amount === null ? <EmptyCell /> : <Money value={{ amount, currency }} />;
}

/** The gateway's own words where it declined. */
function reasonOf({ reason, declineMessage, failure }: CardPayment): ReactNode {
  if (reason !== null) return t(`cards.reason.${reason}`);
  return declineMessage ?? failure ?? <EmptyCell />;
}

const looks = {
  waiting: ['gray', IconClock],
  charging: ['blue', IconClock],
  held: ['amber', IconEye],
  approved: ['green', IconCircleCheck],
  declined: ['red', IconCircleX],
  unknown: ['violet', IconHelp],
  cancelled: ['gray', IconCircleX],
} as const satisfies Readonly<Record<CardPayment['status'], Look>>;

function Status({ status }: Pick<CardPayment, 'status'>): ReactNode {
  return <LookBadge look={looks[status]} text={t(`cards.status.${status}`)} />;
}
