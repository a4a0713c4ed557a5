import { Alert } from '@mantine/core';
import { IconCircleCheck, IconCircleX, IconClock, IconEye, IconHelp } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { rich } from '../../i18n/rich';
import { t } from '../../i18n/t';
import { ToneBadge, type Tone } from '../../ui/badges/ToneBadge';
import { Money } from '../../ui/text/Money';
import type { CardPayment } from './queries';

const looks = {
  processing: ['blue', IconClock],
  approved: ['green', IconCircleCheck],
  declined: ['red', IconCircleX],
  review: ['amber', IconEye],
  unclear: ['violet', IconHelp],
  not_charged: ['gray', IconCircleX],
} as const satisfies Readonly<Record<CardPayment['outcome'], readonly [Tone, typeof IconClock]>>;

export function OutcomeBadge({ outcome }: Pick<CardPayment, 'outcome'>): ReactNode {
  const [tone, icon] = looks[outcome];
  return (
    <ToneBadge tone={tone} icon={icon}>
      {t(`panel.outcome.${outcome}`)}
    </ToneBadge>
  );
}

/** How the payment went, and what to do next. */
export function OutcomeAlert({ payment }: { readonly payment: CardPayment }): ReactNode {
  const { outcome, amount, currency } = payment;
  const [, OutcomeIcon] = looks[outcome];
  const shown = <Money key="amount" value={amount === null ? null : { amount, currency }} />;
  return (
    <Alert variant="default" icon={<OutcomeIcon aria-hidden />} role="status" aria-live="polite">
      {rich(`panel.outcome.${outcome}.text`, { amount: shown })} {nextStep(payment)}
    </Alert>
  );
}

/** Why it was declined, in the words of the gateway, and what helps. */
function nextStep({ outcome, declineMessage, otherCardNeeded }: CardPayment): string {
  if (outcome !== 'declined') return '';
  const next = t(otherCardNeeded ? 'panel.outcome.otherCard' : 'panel.outcome.tryAgain');
  return declineMessage ? `${t('panel.outcome.because', { reason: declineMessage })} ${next}` : next;
}
