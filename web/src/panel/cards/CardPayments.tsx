import { IconCreditCard } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { api, unwrap } from '../../api/client';
import { t } from '../../i18n/t';
import { Money } from '../../ui/text/Money';
import { Time } from '../../ui/text/Time';
import { PanelCard } from '../PanelCard';
import { PanelList } from '../PanelList';
import { OutcomeBadge } from './Outcome';
import type { CardPayment } from './queries';

/** Each charge of the card, and how it went. */
export function CardPayments(): ReactNode {
  return (
    <PanelCard title={t('panel.cardPayments')}>
      <PanelList<CardPayment>
        name="card-payments"
        label={t('panel.cardPayments')}
        read={(cursor) =>
          unwrap(api.GET('/v1/panel/card-payments', { params: { query: { ...(cursor && { cursor }) } } }))
        }
        columns={[
          { header: t('panel.date'), cell: ({ at }) => <Time at={at} /> },
          { header: t('panel.kind'), cell: ({ origin }) => t(`panel.origin.${origin}`) },
          { header: t('panel.outcome'), cell: ({ outcome }) => <OutcomeBadge outcome={outcome} /> },
          { header: t('panel.reason'), cell: ({ declineMessage }) => declineMessage ?? '' },
          {
            header: t('panel.amount'),
            isNumber: true,
            cell: ({ amount, currency }) => (amount === null ? '–' : <Money value={{ amount, currency }} />),
          },
        ]}
        empty={{ icon: IconCreditCard, title: t('panel.noCardPayments'), text: t('panel.noCardPaymentsText') }}
      />
    </PanelCard>
  );
}
