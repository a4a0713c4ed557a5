import { IconCash } from '@tabler/icons-react';
import { api, unwrap } from '../../api/client';
import type { components } from '../../api/schema';
import { t } from '../../i18n/t';
import { SignedMoney } from '../../ui/text/Money';
import { Time } from '../../ui/text/Time';
import { PanelList } from '../PanelList';
import { PanelPage } from '../PanelPage';

type Payment = components['schemas']['PanelPayment'];

export function PaymentsPage() {
  return (
    <PanelPage title={t('panel.payments')}>
      <PanelList<Payment>
        name="payments"
        label={t('panel.payments')}
        read={(cursor) => unwrap(api.GET('/v1/panel/payments', { params: { query: { ...(cursor && { cursor }) } } }))}
        columns={[
          { header: t('panel.date'), cell: ({ at }) => <Time at={at} /> },
          { header: t('panel.kind'), cell: ({ kind }) => t(`panel.payment.${kind}`) },
          { header: t('panel.reference'), cell: ({ reference }) => reference },
          {
            header: t('panel.amount'),
            isNumber: true,
            cell: ({ amount, currency }) => <SignedMoney amount={amount} currency={currency} />,
          },
        ]}
        empty={{ icon: IconCash, title: t('panel.noPayments'), text: t('panel.noPaymentsText') }}
      />
    </PanelPage>
  );
}
