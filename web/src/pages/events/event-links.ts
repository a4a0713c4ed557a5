import type { Key } from '../../i18n/t';
import type { OperationId } from '../../session/rights';
import type { Event } from './queries';

/** A way to what an event is about. */
interface EventLink {
  readonly to: string;
  readonly label: Key;
  /** what the page needs: to a user who may not call it, there is no link */
  readonly operation: OperationId;
}

/** Where the cause of an event is removed. */
export function eventLinks({
  kind,
  clientId,
  subject,
  data,
}: Pick<Event, 'kind' | 'clientId' | 'subject' | 'data'>): readonly EventLink[] {
  const client: readonly EventLink[] =
    clientId === null ? [] : [{ to: `/clients/${clientId}`, label: 'events.do.openClient', operation: 'readClient' }];
  switch (kind) {
    case 'rate.missing': {
      const pair = `${data['from'] ?? ''}-${data['to'] ?? ''}`;
      return [
        { to: `/rates?new=${encodeURIComponent(pair)}`, label: 'events.do.addRate', operation: 'createExchangeRate' },
      ];
    }
    case 'payment.refused': {
      const recorded: EventLink = {
        to: `/payments?q=${encodeURIComponent(data['paymentId'] ?? '')}`,
        label: 'events.do.openPayment',
        operation: 'listPayments',
      };
      return data['reason'] === 'conflict' ? [recorded, ...client] : client;
    }
    case 'source.failing':
    case 'mailbox.failing':
      return [{ to: '/settings?tab=system', label: 'events.do.openHealth', operation: 'listUsers' }];
    case 'credit.requested':
      return [
        {
          to: `/credit?tab=requests&request=${encodeURIComponent(subject.id)}`,
          label: 'events.do.openRequest',
          operation: 'listCreditRequests',
        },
        ...client,
      ];
    case 'monitor.stuck':
      return [...client, { to: '/settings?tab=system', label: 'events.do.openHealth', operation: 'listUsers' }];
    case 'webhook.disabled': {
      const to = `/developers?tab=endpoints&endpoint=${subject.id}`;
      return [{ to, label: 'events.do.openEndpoint', operation: 'readWebhookEndpoint' }];
    }
    case 'rate_notification.failed': {
      const to = `/rate-notifications?notification=${subject.id}`;
      return [{ to, label: 'events.do.openRates', operation: 'readRateNotification' }, ...client];
    }
    case 'email.bounced':
      return [
        { to: '/bounced-addresses', label: 'events.do.openBounced', operation: 'listBouncedAddresses' },
        ...client,
      ];
    case 'template.failed':
    case 'monitor.replaced':
    case 'client.low':
    case 'notification.no_recipients':
    case 'invoice.too_many_missed':
    case 'invoice.overdue':
    case 'auto_payment.frozen':
    case 'card_payment.problem':
    case 'capacity.reduced':
    case 'capacity.restored':
      return client;
  }
}
