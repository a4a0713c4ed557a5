import { Alert, Skeleton, Stack, Text } from '@mantine/core';
import { IconCreditCard, IconInfoCircle } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, type ReactNode } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { api, unwrap } from '../../api/client';
import { t } from '../../i18n/t';
import { EmptyState } from '../../ui/EmptyState';
import { FailedState } from '../../ui/FailedState';
import { toastDone } from '../../ui/toast';
import { PanelCard } from '../PanelCard';
import { PanelPage } from '../PanelPage';
import { usePanelSession } from '../session-context';
import { CardActions } from './CardActions';
import { CardPayments } from './CardPayments';
import { enteredRegistration, forgetRegistration } from './open-form';
import { PayForm } from './PayForm';
import { cardQuery, type PanelCardState } from './queries';

/** The client's card: registered at the gateway, paid with, and removed. */
export function CardPage() {
  const { may } = usePanelSession();
  return (
    <PanelPage title={t('panel.cards')}>
      {may.payByCard ? (
        <Cards />
      ) : (
        <EmptyState icon={IconCreditCard} title={t('panel.cards.off')} text={t('panel.howToPay')} />
      )}
    </PanelPage>
  );
}

function Cards(): ReactNode {
  const state = useQuery(cardQuery);
  const { data } = state;
  return (
    <>
      <Returned />
      {state.isPending && <Skeleton h={160} />}
      {state.error && <FailedState error={state.error} onRetry={() => void state.refetch()} />}
      {data && <OwnCard state={data} />}
      {data?.card && <PayForm card={data.card} />}
      <CardPayments />
    </>
  );
}

/** Back from the form of the gateway: the card that was entered is taken up. */
function Returned(): ReactNode {
  const { search } = useLocation();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const id = enteredRegistration(search);
  const begun = useRef<string | null>(null);
  const finish = useMutation({
    mutationFn: (registrationId: string) =>
      unwrap(
        api.POST('/v1/panel/card-registrations/{registrationId}/finish', { params: { path: { registrationId } } }),
      ),
    async onSuccess() {
      forgetRegistration();
      toastDone(t('panel.card.registered'));
      await queries.invalidateQueries({ queryKey: ['panel'] });
      await navigate('/card', { replace: true });
    },
  });
  const { mutate } = finish;
  useEffect(() => {
    if (id === null || begun.current === id) return;
    begun.current = id;
    mutate(id);
  }, [id, mutate]);
  if (id === null) return null;
  if (finish.error) return <FailedState error={finish.error} onRetry={() => mutate(id)} />;
  return <Skeleton h={60} role="status" aria-label={t('common.loading')} />;
}

function OwnCard({ state }: { readonly state: PanelCardState }): ReactNode {
  const { card, automatic, frozen } = state;
  return (
    <PanelCard title={t('panel.card')}>
      <Stack gap="md" align="flex-start">
        <Text>{card ? t('panel.card.text', { ...card }) : t('panel.card.none')}</Text>
        {automatic && (
          <Alert variant="light" color={frozen ? 'orange' : 'blue'} icon={<IconInfoCircle aria-hidden />}>
            {t(frozen ? 'panel.card.frozen' : 'panel.card.automatic')}
          </Alert>
        )}
        <CardActions hasCard={card !== null} />
      </Stack>
    </PanelCard>
  );
}
