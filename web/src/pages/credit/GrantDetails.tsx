import { Anchor, Group, Skeleton, Stack } from '@mantine/core';
import { IconPencil, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { api, unwrap, unwrapVersioned } from '../../api/client';
import { keys } from '../../api/keys';
import { afterRevert } from '../../form/grant/after-revert';
import { CancelGrantDialog } from '../../form/grant/CancelGrantDialog';
import { ChangeGrantForm } from '../../form/grant/ChangeGrantForm';
import { AfterRevertText } from '../../form/grant/CreditImpact';
import { LimitChange } from '../../form/grant/LimitChange';
import { useClientCredit, type Grant } from '../../form/grant/use-client-credit';
import { t } from '../../i18n/t';
import { ActionButton } from '../../session/ActionButton';
import { Actor } from '../../ui/audit/Actor';
import { Countdown } from '../../ui/text/Countdown';
import { FailedState } from '../../ui/FailedState';
import { Fields } from '../../ui/Fields';
import { Money } from '../../ui/text/Money';
import { TemporalLink } from '../../ui/TemporalLink';
import { Time } from '../../ui/text/Time';
import { GrantStatus } from './GrantStatus';
import { useCreditRefresh } from './use-credit-refresh';
import { reasonText } from '../../ui/text/reason-text';

interface GrantDetailsProps {
  readonly id: string;
  readonly onClose: () => void;
}

/** One temporary credit: what it is, what its end does, and changing or ending it. */
export function GrantDetails({ id, onClose }: GrantDetailsProps) {
  const [isChanging, setChanging] = useState(false);
  const refresh = useCreditRefresh();
  const { data, error, refetch } = useQuery({
    queryKey: keys.one('credits', id),
    queryFn: ({ signal }) =>
      unwrapVersioned(api.GET('/v1/temporary-credits/{id}', { params: { path: { id } }, signal })),
  });
  if (error) return <FailedState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton h={360} />;
  const { value: grant } = data;
  if (isChanging) return <ChangeGrantForm grant={grant} onSaved={refresh} onClose={onClose} />;
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
        [t('common.reason'), reasonText(grant.reason)],
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
  const [isCancelling, setCancelling] = useState(false);
  const refresh = useCreditRefresh();
  return (
    <>
      <Group justify="flex-end">
        <ActionButton
          operation="cancelTemporaryCredit"
          variant="default"
          leftSection={<IconX size={16} aria-hidden />}
          onClick={() => setCancelling(true)}
        >
          {t('credit.removeNow')}
        </ActionButton>
        <ActionButton
          operation="changeTemporaryCredit"
          variant="default"
          leftSection={<IconPencil size={16} aria-hidden />}
          onClick={onChange}
        >
          {t('credit.edit')}
        </ActionButton>
      </Group>
      <CancelGrantDialog
        grant={grant}
        opened={isCancelling}
        onClose={() => setCancelling(false)}
        onSaved={async (clientId) => {
          await refresh(clientId);
          onClose();
        }}
      />
    </>
  );
}
