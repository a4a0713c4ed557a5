import type { components } from '../../../api/schema';
import { t } from '../../../i18n/t';
import { actorText } from '../../../ui/audit/Actor';

type CounterReset = components['schemas']['CounterReset'];

/** What set a counter to 0, within a sentence: `payment p-17`, `a reset by Anna`. */
export function resetPhrase({ cause, paymentId, actor, actorName }: CounterReset): string {
  if (cause === 'payment') {
    return paymentId === null ? t('client.reset.by.anyPayment') : t('client.reset.by.payment', { id: paymentId });
  }
  if (cause === 'manual') return t('client.reset.by.manual', { by: actorText(actor ?? '', actorName) });
  return t(`client.reset.by.${cause}`);
}
