import '../../../i18n/late/developers';
import '../../../i18n/late/webhooks';
import { Skeleton, Tabs } from '@mantine/core';
import {
  IconBook,
  IconCreditCard,
  IconKey,
  IconListDetails,
  IconMessageShare,
  IconSend,
  IconTransferIn,
  IconWebhook,
} from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import { useSearchParams } from 'react-router';
import { t } from '../../../i18n/t';
import { useCan } from '../../../session/rights';
import { PageHeader } from '../../../ui/PageHeader';
import { DocsTab } from './DocsTab';
import { KeysTab } from '../../access/keys/KeysTab';
import { DeliveriesTab } from '../../events/webhooks/DeliveriesTab';
import { EndpointsTab } from '../../events/webhooks/EndpointsTab';
import { RequestsTab } from '../requests/RequestsTab';
import { WebhooksTab } from '../../payments/webhooks/WebhooksTab';

// Few open them, and their forms would make the page too large.
const GatewaysTab = lazy(async () => ({ default: (await import('../../payments/gateways/GatewaysTab')).GatewaysTab }));

const ChannelsTab = lazy(async () => ({
  default: (await import('../../notifications/channels/ChannelsTab')).ChannelsTab,
}));

/** A tab whose list the user may not read is not there. */
const tabs = [
  { name: 'keys', icon: IconKey, operation: 'listApiKeys', Panel: KeysTab },
  { name: 'webhooks', icon: IconWebhook, operation: 'listWebhookSources', Panel: WebhooksTab },
  { name: 'endpoints', icon: IconSend, operation: 'listWebhookEndpoints', Panel: EndpointsTab },
  { name: 'deliveries', icon: IconListDetails, operation: 'listWebhookDeliveries', Panel: DeliveriesTab },
  { name: 'channels', icon: IconMessageShare, operation: 'listNotificationChannels', Panel: ChannelsTab },
  { name: 'gateways', icon: IconCreditCard, operation: 'listPaymentGateways', Panel: GatewaysTab },
  { name: 'requests', icon: IconTransferIn, operation: 'listRequests', Panel: RequestsTab },
  { name: 'docs', icon: IconBook, operation: null, Panel: DocsTab },
] as const;

/** For those who connect other systems: keys, webhooks, what was asked of the API, documents. */
export default function DevelopersPage() {
  const [parameters, setParameters] = useSearchParams();
  const can = useCan();
  const reachable = tabs.filter(({ operation }) => operation === null || can(operation));
  const [first] = reachable;
  const shown = reachable.find(({ name }) => name === parameters.get('tab')) ?? first;
  const choose = (next: string | null): void => setParameters(next && next !== first?.name ? { tab: next } : {});
  return (
    <>
      <PageHeader title={t('app.nav.developers')} lead={t('developers.lead')} />
      <Tabs value={shown?.name ?? null} onChange={choose} keepMounted={false}>
        <Tabs.List mb="md">
          {reachable.map(({ name, icon: TabIcon }) => (
            <Tabs.Tab key={name} value={name} leftSection={<TabIcon size={16} aria-hidden />}>
              {t(`developers.tab.${name}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {reachable.map(({ name, Panel }) => (
          <Tabs.Panel key={name} value={name}>
            <Suspense fallback={<Skeleton h={320} />}>
              <Panel />
            </Suspense>
          </Tabs.Panel>
        ))}
      </Tabs>
    </>
  );
}
