import type { Dictionary } from '../text';

/** Payment gateways, cards, and automatic payments. */
export const gateways = {
  'gateways.new': 'Create payment gateway',
  'gateways.one': 'Payment gateway',
  'gateways.none': 'No payment gateways yet',
  'gateways.none.text':
    'A payment gateway keeps the clients’ cards and charges them. Each reseller has one, or uses that of the reseller above.',
  'gateways.kind': 'Kind',
  'gateways.kind.http': 'HTTP (JSON)',
  'gateways.kind.authorize_net': 'Authorize.net',
  'gateways.url': 'Address',
  'gateways.url.hint': 'Authorize.net: https://api.authorize.net/xml/v1/request.api',
  'gateways.login': 'API login ID',
  'gateways.currency': 'Currency',
  'gateways.currency.hint': 'What the gateway charges in. Other currencies are converted at the current rate.',
  'gateways.showSecret': 'Show',
  'gateways.apiKey': 'API key',
  'gateways.transactionKey': 'Transaction key',
  'gateways.apiKey.hint': 'Stored encrypted, never shown',
  'gateways.apiKey.keep': 'Leave empty to keep the current one',
  'gateways.webhookSecret': 'Webhook secret',
  'gateways.webhookSecret.hint': 'What the gateway signs its messages with. Leave empty for no messages.',
  'gateways.webhookUrl': 'Address for webhooks',
  'gateways.active': 'Active',
  'gateways.active.hint': 'While it is off, no card is charged',
  'gateways.status.active': 'Active',
  'gateways.status.off': 'Disabled',
  'gateways.delete.title': 'Delete payment gateway {name}?',
  'gateways.delete.effect': 'No card is charged through it. Payments that it made stay recorded.',
  'gateways.deleted': 'Payment gateway deleted',
} as const satisfies Dictionary;
