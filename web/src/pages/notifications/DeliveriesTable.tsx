import { Anchor, Group, Table } from '@mantine/core';
import type { ReactNode } from 'react';
import { t } from '../../i18n/t';
import { ViaIcon } from '../../ui/badges/Via';
import { OutcomeBadge } from '../../ui/badges/OutcomeBadge';
import classes from './notifications.module.css';
import type { Delivery, NotificationDetail } from './queries';
import { ResendButton } from './ResendButton';

interface DeliveriesTableProps {
  readonly mail: NotificationDetail;
  readonly shown: Delivery;
  readonly onShow: (id: string) => void;
}

/** The deliveries of a notification with their outcomes; one of them is shown below. */
export function DeliveriesTable({ mail, shown, onShow }: DeliveriesTableProps): ReactNode {
  return (
    <div className={classes['scroll']} role="region" aria-label={t('notifications.deliveries')} tabIndex={0}>
      <Table className={classes['deliveries']} fz="sm" verticalSpacing={6} withTableBorder>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('notifications.recipient')}</Table.Th>
            <Table.Th>{t('common.status')}</Table.Th>
            <Table.Th ta="right" visibleFrom="sm">
              {t('notifications.attempts')}
            </Table.Th>
            <Table.Td />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {mail.deliveries.map((delivery) => (
            <Table.Tr key={delivery.id} data-shown={delivery.id === shown.id || undefined}>
              <Table.Td style={{ overflowWrap: 'anywhere' }}>
                <Group gap={6} wrap="nowrap" align="flex-start">
                  <ViaIcon via={delivery.channel?.kind ?? 'email'} />
                  <Anchor
                    component="button"
                    type="button"
                    size="sm"
                    ta="left"
                    aria-pressed={delivery.id === shown.id}
                    fw={delivery.id === shown.id ? 600 : 400}
                    onClick={() => onShow(delivery.id)}
                  >
                    {delivery.to}
                  </Anchor>
                </Group>
              </Table.Td>
              <Table.Td>
                <OutcomeBadge outcome={delivery.status} />
              </Table.Td>
              <Table.Td ta="right" visibleFrom="sm">
                {delivery.attempts}
              </Table.Td>
              <Table.Td ta="right">
                <ResendButton mail={mail} delivery={delivery} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}
