import { useMutation } from '@tanstack/react-query';
import { api, unwrap } from '../../../api/client';
import { t } from '../../../i18n/t';
import { stateText } from '../../../ui/badges/StateBadge';
import { toastDone, toastFailure } from '../../../ui/toast';
import { useClientRefresh } from './queries';

/** Asks the monitor to check now, and says what it found. */
export function useCheckNow(id: string): { readonly isPending: boolean; readonly check: () => void } {
  const refresh = useClientRefresh(id);
  const { isPending, mutate } = useMutation({
    mutationFn: () => unwrap(api.POST('/v1/clients/{id}/monitor/check', { params: { path: { id } }, body: {} })),
    onSuccess(result) {
      const sent = result.verdicts.filter(({ reason }) => reason === 'sent').length;
      toastDone(
        sent === 0 ? t('client.checked.none') : t('client.checked', { n: sent }),
        t('client.checked.title', { state: stateText(result.state) }),
      );
    },
    onError: toastFailure,
    // Not waited for: while no worker runs, the monitor's own answers come late.
    onSettled: () => void refresh(),
  });
  return { isPending, check: () => mutate() };
}
