import { Anchor, Skeleton, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { api, unwrap, unwrapVersioned } from '../../../api/client';
import { keys } from '../../../api/keys';
import { codeText } from '../../../api/problems';
import type { CreditRequestDetails } from '../../../api/types';
import { ConfirmDialog } from '../../../form/dialogs/ConfirmDialog';
import { t } from '../../../i18n/t';
import { ActionButton } from '../../../session/ActionButton';
import { Actor } from '../../../ui/audit/Actor';
import { FailedState } from '../../../ui/FailedState';
import { Fields } from '../../../ui/Fields';
import { Countdown } from '../../../ui/text/Countdown';
import { Money } from '../../../ui/text/Money';
import { Time } from '../../../ui/text/Time';
import { toastDone } from '../../../ui/toast';
import { useCreditRefresh } from '../use-credit-refresh';
import { DecisionForm } from './DecisionForm';
import { RequestStatus } from './RequestStatus';

interface RequestDetailsProps {
  readonly id: string;
  readonly onClose: () => void;
}

/** One credit request: what was asked for and why, and its decision. */
export function RequestDetails({ id, onClose }: RequestDetailsProps) {
  const { data, error, refetch } = useQuery({
    queryKey: keys.one('creditRequests', id),
    queryFn: ({ signal }) => unwrapVersioned(api.GET('/v1/credit-requests/{id}', { params: { path: { id } }, signal })),
  });
  if (error) return <FailedState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton h={360} />;
  const { value: request, etag } = data;
  const isPending = request.status === 'pending';
  return (
    <Stack gap="lg">
      <RequestFacts request={request} />
      {isPending && request.own && <Withdraw request={request} onClose={onClose} />}
      {isPending && !request.own && <DecisionForm key={etag} request={request} onClose={onClose} />}
    </Stack>
  );
}

function RequestFacts({ request }: { readonly request: CreditRequestDetails }) {
  const { clientId, clientName, kind, amount, percent, currency, validFrom, validUntil, approved } = request;
  return (
    <Fields
      rows={[
        [
          t('form.picker.client'),
          <Anchor component={Link} to={`/clients/${clientId}?tab=credit`} size="sm">
            {clientName}
          </Anchor>,
        ],
        [t('common.status'), <RequestStatus request={request} />],
        [t('credit.request.kind'), t(`credit.request.kind.${kind}`)],
        [t('credit.amount'), <Money value={{ amount, currency }} />],
        [t('credit.percentOf'), percent === null ? null : `${percent}%`],
        [t('credit.permanent'), <Money value={{ amount: request.creditLimit, currency }} />],
        [t('credit.from'), validFrom === null ? null : <Time at={validFrom} />],
        [t('credit.until'), validUntil === null ? null : <Time at={validUntil} />],
        [t('common.reason'), request.reason],
        [t('credit.request.by'), <Actor actor={request.requestedBy} name={request.requestedByName} />],
        [t('credit.request.at'), <Time at={request.createdAt} />],
        [
          t('credit.request.expires'),
          request.status === 'pending' ? <Countdown to={request.expiresAt} clientZone={null} /> : null,
        ],
        [t('credit.request.grants90'), String(request.grantsLast90Days)],
        [t('credit.request.approvedAmount'), approved && <Money value={{ amount: approved.amount, currency }} />],
        [t('credit.request.approvedUntil'), approved?.validUntil ? <Time at={approved.validUntil} /> : null],
        [
          t('credit.request.decidedBy'),
          request.decidedBy && <Actor actor={request.decidedBy} name={request.decidedByName} />,
        ],
        [t('credit.request.decidedAt'), request.decidedAt && <Time at={request.decidedAt} />],
        [t('credit.request.decisionReason'), request.failure === null ? request.decisionReason : failureText(request)],
        [
          t('credit.one'),
          request.temporaryCreditId && (
            <Anchor component={Link} to={`/credit?grant=${request.temporaryCreditId}`} size="sm">
              #{request.temporaryCreditId}
            </Anchor>
          ),
        ],
      ]}
    />
  );
}

function failureText({ failure, decisionReason }: CreditRequestDetails): string | null {
  return codeText(failure ?? '') ?? decisionReason;
}

interface WithdrawProps extends Pick<RequestDetailsProps, 'onClose'> {
  readonly request: CreditRequestDetails;
}

function Withdraw({ request: { id, clientId, clientName }, onClose }: WithdrawProps) {
  const [isAsking, setAsking] = useState(false);
  const refresh = useCreditRefresh();
  return (
    <>
      <ActionButton
        operation="withdrawCreditRequest"
        variant="default"
        style={{ alignSelf: 'flex-end' }}
        onClick={() => setAsking(true)}
      >
        {t('credit.request.withdraw')}
      </ActionButton>
      <ConfirmDialog
        opened={isAsking}
        onClose={() => setAsking(false)}
        title={t('credit.request.withdrawTitle', { name: clientName })}
        effect={t('credit.request.withdrawEffect')}
        confirm={t('credit.request.withdraw')}
        onConfirm={async () => {
          const params = { path: { id } };
          await unwrap(api.POST('/v1/credit-requests/{id}/withdraw', { params, body: {} }));
          onClose();
          toastDone(t('credit.request.withdrawnToast', { name: clientName }));
          await refresh(clientId);
        }}
      />
    </>
  );
}
