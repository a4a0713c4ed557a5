import { Anchor, Group, Skeleton, Stack } from '@mantine/core';
import { IconPencil, IconX } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { api, unwrap, unwrapVersioned } from '../../api/client';
import { keys } from '../../api/keys';
import { ReasonDialog } from '../../form/dialogs/ConfirmDialog';
import { t } from '../../i18n/t';
import { refreshLists } from '../../list/refresh';
import { ActionButton } from '../../session/ActionButton';
import { Actor } from '../../ui/audit/Actor';
import { Countdown } from '../../ui/text/Countdown';
import { FailedState } from '../../ui/FailedState';
import { Fields } from '../../ui/Fields';
import { Money } from '../../ui/text/Money';
import { TemporalLink } from '../../ui/TemporalLink';
import { Time } from '../../ui/text/Time';
import { toastDone } from '../../ui/toast';
import { afterRevert } from './after-revert';
import { ChangeGrant } from './ChangeGrant';
import { AfterRevertText } from './CreditImpact';
import { GrantStatus } from './GrantStatus';
import { LimitChange, type Grant } from './grants-list';
import { useClientCredit } from './use-client-credit';

interface GrantDetailsProps {
  readonly id: string;
  readonly onClose: () => void;
}

/** One temporary credit: what it is, what its end does, and changing or ending it. */
export function GrantDetails({ id, onClose }: GrantDetailsProps) {
  const [isChanging, setChanging] = useState(false);
  const { data, error, refetch } = useQuery({
    queryKey: keys.one('credits', id),
    queryFn: ({ signal }) =>
      unwrapVersioned(api.GET('/v1/temporary-credits/{id}', { params: { path: { id } }, signal })),
  });
  if (error) return <FailedState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton h={360} />;
  const { value: grant, etag } = data;
  if (isChanging) return <ChangeGrant grant={grant} etag={etag} onClose={onClose} />;
  const isOpen = grant.status === 'active' || grant.status === 'scheduled';
  return (
    <Stack gap="lg">
      <GrantFacts grant={grant} isOpen={isOpen} />
      {isOpen && <GrantActions grant={grant} onChange={() => setChanging(true)} onClose={onClose} />}
    </Stack>
  );
}

function GrantFacts({ grant, isOpen }: { readonly grant: Grant; readonly isOpen: boolean }) {
  const { clientId, clientName, amount, currency, percent, validFrom, validUntil, endedAt } = grant;
  const { data } = useClientCredit(isOpen ? clientId : '', '');
  const zone = data?.client.timezone ?? null;
  const isCounted = grant.status === 'active';
  return (
    <Fields
      rows={[
        [t('form.picker.client'), <ClientLink id={clientId} name={clientName} />],
        [t('common.status'), <GrantStatus grant={grant} />],
        [t('credit.amount'), <Money value={{ amount, currency }} />],
        [t('credit.percentOf'), percent === null ? null : `${percent}%`],
        [t('credit.limitChange'), <LimitChange {...grant} />],
        [t('credit.from'), <Time at={validFrom} clientZone={zone} />],
        [t('credit.until'), isOpen ? <Time at={validUntil} clientZone={zone} /> : null],
        [t('credit.revertsIn'), isOpen ? <Countdown to={validUntil} clientZone={zone} /> : null],
        [t('credit.endedAt'), isOpen ? null : <Time at={endedAt} />],
        [
          t('credit.afterRevert'),
          isOpen && data ? (
            <AfterRevertText after={afterRevert(data.client.balance.available, data.rules, { amount, isCounted })} />
          ) : null,
        ],
        [t('credit.by'), <Actor actor={grant.grantedBy} name={grant.grantedByName} />],
        [t('credit.grantedAt'), <Time at={grant.createdAt} />],
        [t('common.reason'), grant.reason],
        [t('credit.expiryNotifiedAt'), <Time at={grant.warnedAt} none={t('credit.expiryNotNotified')} />],
        [t('credit.workflow'), <Workflow clientId={clientId} />],
      ]}
    />
  );
}

/** The monitor of the client: it begins and ends the credit. */
function Workflow({ clientId }: { readonly clientId: string }) {
  const { data } = useQuery({
    queryKey: keys.one('clients', clientId, 'monitor'),
    queryFn: ({ signal }) =>
      unwrap(api.GET('/v1/clients/{id}/monitor', { params: { path: { id: clientId } }, signal })),
  });
  return data ? <TemporalLink workflowId={data.workflowId} href={data.temporalUrl} /> : null;
}

function ClientLink({ id, name }: { readonly id: string; readonly name: string }) {
  return (
    <Anchor component={Link} to={`/clients/${id}?tab=credit`} size="sm">
      {name}
    </Anchor>
  );
}

interface GrantActionsProps {
  readonly grant: Grant;
  readonly onChange: () => void;
  readonly onClose: () => void;
}

function GrantActions({ grant, onChange, onClose }: GrantActionsProps) {
  const { id, clientId, clientName, status } = grant;
  const isActive = status === 'active';
  const [isCancelling, setCancelling] = useState(false);
  const queries = useQueryClient();
  const cancel = async (reason: string): Promise<void> => {
    await unwrap(api.POST('/v1/temporary-credits/{id}/cancel', { params: { path: { id } }, body: { reason } }));
    toastDone(t(isActive ? 'credit.cancelledToast' : 'credit.cancelledScheduledToast', { name: clientName }));
    await refreshLists(queries, 'credits');
    await queries.invalidateQueries({ queryKey: ['credits'] });
    await queries.invalidateQueries({ queryKey: ['clients', clientId] });
    onClose();
  };
  return (
    <>
      <Group justify="flex-end">
        <ActionButton
          operation="cancelTemporaryCredit"
          variant="default"
          leftSection={<IconX size={16} aria-hidden />}
          onClick={() => setCancelling(true)}
        >
          {t(isActive ? 'credit.removeNow' : 'credit.cancelScheduled')}
        </ActionButton>
        <ActionButton
          operation="changeTemporaryCredit"
          leftSection={<IconPencil size={16} aria-hidden />}
          onClick={onChange}
        >
          {t('credit.change')}
        </ActionButton>
      </Group>
      <ReasonDialog
        opened={isCancelling}
        onClose={() => setCancelling(false)}
        title={t(isActive ? 'credit.cancelTitle' : 'credit.cancelScheduledTitle', { name: clientName })}
        effect={<CancelEffect grant={grant} />}
        confirm={t(isActive ? 'credit.removeNow' : 'credit.cancelScheduled')}
        isDangerous
        onConfirm={cancel}
      />
    </>
  );
}

/** Reverts the credit now: what is left then, and that the client is told. */
function CancelEffect({ grant }: { readonly grant: Grant }) {
  const { data } = useClientCredit(grant.clientId, '');
  if (grant.status === 'scheduled') return t('credit.cancelScheduledEffect');
  const after = data && afterRevert(data.client.balance.available, data.rules, { ...grant, isCounted: true });
  return (
    <Stack gap={4}>
      {t('credit.cancelEffect')}
      {after && (
        <div>
          {t('credit.afterRevert')}: <AfterRevertText after={after} />
        </div>
      )}
    </Stack>
  );
}
