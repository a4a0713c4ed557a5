import {
  IconAlertOctagon,
  IconCircleCheck,
  IconClock,
  IconPlayerPause,
  IconPlayerSkipForward,
  IconReplace,
  type Icon,
} from '@tabler/icons-react';
import { t } from '../../../i18n/t';
import { ToneBadge, type Tone } from '../../../ui/badges/ToneBadge';
import type { Endpoint, WebhookDelivery } from './queries';

export function EndpointStatus({ enabled, disabledBy, lastOutcome }: Endpoint) {
  if (!enabled) {
    const isAutomatic = disabledBy !== 'user';
    return (
      <ToneBadge tone={isAutomatic ? 'red' : 'gray'} icon={isAutomatic ? IconAlertOctagon : IconPlayerPause}>
        {t(`webhooks.disabled.${disabledBy ?? 'user'}`)}
      </ToneBadge>
    );
  }
  return lastOutcome === 'failed' ? (
    <ToneBadge tone="amber" icon={IconAlertOctagon}>
      {t('webhooks.failing')}
    </ToneBadge>
  ) : (
    <ToneBadge tone="green" icon={IconCircleCheck}>
      {t('webhooks.enabled')}
    </ToneBadge>
  );
}

const looks: Readonly<Record<WebhookDelivery['status'], { tone: Tone; icon: Icon }>> = {
  pending: { tone: 'blue', icon: IconClock },
  accepted: { tone: 'green', icon: IconCircleCheck },
  failed: { tone: 'red', icon: IconAlertOctagon },
  skipped: { tone: 'gray', icon: IconPlayerSkipForward },
  superseded: { tone: 'gray', icon: IconReplace },
};

export function DeliveryStatus({ status }: Pick<WebhookDelivery, 'status'>) {
  const { tone, icon } = looks[status];
  return (
    <ToneBadge tone={tone} icon={icon}>
      {t(`webhooks.status.${status}`)}
    </ToneBadge>
  );
}
