import { IconClock, IconMailOff } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { components } from '../../api/schema';
import { t } from '../../i18n/t';
import { OutcomeBadge } from './OutcomeBadge';
import { ToneBadge } from './ToneBadge';

type State = components['schemas']['InvoiceEmail']['state'];

/** How the email with an invoice is: it waits, it is not sent, or how its delivery went. */
export function EmailBadge({ state }: { readonly state: State }): ReactNode {
  if (state === 'to_send') {
    return (
      <ToneBadge tone="blue" icon={IconClock}>
        {t('invoices.emails.to_send')}
      </ToneBadge>
    );
  }
  if (state === 'not_sent') {
    return (
      <ToneBadge tone="gray" icon={IconMailOff}>
        {t('invoices.emails.not_sent')}
      </ToneBadge>
    );
  }
  return <OutcomeBadge outcome={state} />;
}
