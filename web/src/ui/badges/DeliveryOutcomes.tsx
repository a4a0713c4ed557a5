import { Text, Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';
import type { components } from '../../api/schema';
import { t } from '../../i18n/t';
import { OutcomeBadge, outcomeLook, outcomeText } from './OutcomeBadge';
import { ToneBadge } from './ToneBadge';

type Delivery = Pick<components['schemas']['Delivery'], 'id' | 'to' | 'status' | 'failure' | 'bounce'>;
export type FailureReason = components['schemas']['DeliveryFailure']['reason'];

/** What asks for attention comes first, and gives a mixed outcome its color. */
const byWeight = ['failed', 'bounced', 'uncertain', 'retrying', 'sending', 'accepted'] as const;

export const failureReasonText = (reason: FailureReason): string => t(`ui.failure.${reason}`);

/** How the deliveries of a notification went, "2 accepted, 1 failed"; each recipient with its reason on hover and focus. */
export function DeliveryOutcomes({ deliveries }: { readonly deliveries: readonly Delivery[] }): ReactNode {
  const worst = byWeight.find((outcome) => deliveries.some(({ status }) => status === outcome));
  if (worst === undefined) return '';
  const { tone, icon } = outcomeLook(worst);
  return (
    <Tooltip
      multiline
      maw={440}
      events={{ hover: true, focus: true, touch: true }}
      label={<Details deliveries={deliveries} />}
    >
      {/* In the tab order: what it says on hover is nowhere else in the row. */}
      <span tabIndex={0} role="note" style={{ cursor: 'help' }}>
        {deliveries.length === 1 ? (
          <OutcomeBadge outcome={worst} />
        ) : (
          <ToneBadge tone={tone} icon={icon}>
            {deliveryCounts(deliveries)}
          </ToneBadge>
        )}
      </span>
    </Tooltip>
  );
}

/** `2 accepted, 1 failed` */
function deliveryCounts(deliveries: readonly Pick<Delivery, 'status'>[]): string {
  return byWeight
    .toReversed()
    .map((outcome) => [outcome, deliveries.filter(({ status }) => status === outcome).length] as const)
    .flatMap(([outcome, n]) => (n > 0 ? t(`ui.outcomes.${outcome}`, { n }) : []))
    .join(', ');
}

function Details({ deliveries }: { readonly deliveries: readonly Delivery[] }): ReactNode {
  return deliveries.map(({ id, to, status, failure, bounce }) => (
    <Text key={id} size="xs" style={{ overflowWrap: 'anywhere' }}>
      {to}: {failure ? `${outcomeText(status)} · ${failureReasonText(failure.reason)}` : outcomeText(status)}
      {bounce && bounce.detail !== '' && (
        <>
          {' · '}
          <span lang="en">{bounce.detail}</span>
        </>
      )}
      {failure?.reply && (
        <>
          {' · '}
          <span lang="en">{failure.reply}</span>
        </>
      )}
    </Text>
  ));
}
