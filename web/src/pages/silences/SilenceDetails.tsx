import { Anchor, Skeleton, Stack, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import { api, unwrap } from '../../api/client';
import { keys } from '../../api/keys';
import { serverNow } from '../../api/transport';
import { firstOf, instantError, maxLength, required } from '../../form/checks';
import { ConfirmDialog } from '../../form/dialogs/ConfirmDialog';
import { FormActions } from '../../form/FormActions';
import { DateTimeInput, silencePicks } from '../../form/inputs/DateTimeInput';
import { useApiForm } from '../../form/use-api-form';
import { t } from '../../i18n/t';
import { ActionButton } from '../../session/ActionButton';
import { useRight } from '../../session/rights';
import { Actor } from '../../ui/audit/Actor';
import { FailedState } from '../../ui/FailedState';
import { Fields } from '../../ui/Fields';
import { Time } from '../../ui/text/Time';
import { Preview } from './Preview';
import { readSilence, type Silence } from './queries';
import { SilenceBadge } from './SilenceBadge';
import { useSilenceSaved } from './use-silence-saved';

interface SilenceDetailsProps {
  readonly id: string;
  readonly onClose: () => void;
}

/** One silence: what it covers, until when, and why; one that has not ended can be changed and ended. */
export function SilenceDetails({ id, onClose }: SilenceDetailsProps): ReactNode {
  const { data, error, refetch } = useQuery({
    queryKey: keys.one('silences', id),
    queryFn: ({ signal }) => readSilence(id, signal),
    refetchOnWindowFocus: false,
    staleTime: 0,
    gcTime: 0,
  });
  if (error) return <FailedState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton h={420} />;
  const { value: silence, etag } = data;
  const isCurrent = silence.status !== 'expired';
  return (
    <Stack gap="lg">
      <SilenceFacts silence={silence} />
      {isCurrent && (
        <>
          <Preview
            matcher={{
              resellerId: silence.resellerId,
              tag: silence.tag ?? '',
              profileId: silence.profileId ?? '',
            }}
          />
          <EditForm silence={silence} etag={etag} onClose={onClose} />
          <Expire silence={silence} onClose={onClose} />
        </>
      )}
    </Stack>
  );
}

function SilenceFacts({ silence }: { readonly silence: Silence }) {
  return (
    <Fields
      rows={[
        [t('common.status'), <SilenceBadge status={silence.status} />],
        [t('silences.comment'), silence.comment],
        [t('silences.reseller'), silence.resellerName],
        [
          t('silences.tag'),
          silence.tag && (
            <span key="tag" translate="no">
              {silence.tag}
            </span>
          ),
        ],
        [
          t('silences.profile'),
          silence.profileId && (
            <Anchor component={Link} to={`/profiles/${silence.profileId}`} size="sm">
              {silence.profileName}
            </Anchor>
          ),
        ],
        [t('silences.starts'), <Time at={silence.startsAt} />],
        [t('silences.ends'), <Time at={silence.endsAt} />],
        [t('silences.by'), <Actor actor={silence.createdBy} name={silence.createdByName} />],
        [t('silences.endedBy'), silence.endedBy && <Actor actor={silence.endedBy} name={silence.endedByName} />],
      ]}
    />
  );
}

interface EditFormProps {
  readonly silence: Silence;
  readonly etag: string | null;
  readonly onClose: () => void;
}

function EditForm({ silence, etag, onClose }: EditFormProps) {
  const right = useRight('updateSilence');
  const saved = useSilenceSaved(onClose);
  const form = useApiForm({
    initialValues: { endsAt: silence.endsAt, comment: silence.comment, reason: '' },
    etag,
    validate: ({ endsAt, comment }) => ({
      '#/endsAt': firstOf(required(endsAt), instantError(endsAt, serverNow())),
      '#/comment': firstOf(required(comment), maxLength(500, comment)),
    }),
    save: ({ endsAt, comment, reason }, version) =>
      unwrap(
        api.PATCH('/v1/silences/{id}', {
          params: { path: { id: silence.id }, header: { 'If-Match': version ?? '' } },
          body: { endsAt, comment: comment.trim(), ...(reason.trim() !== '' && { reason: reason.trim() }) },
        }),
      ),
    toValues: (resource) => ({
      endsAt: (resource as Silence).endsAt,
      comment: (resource as Silence).comment,
      reason: '',
    }),
    onSaved: () => saved(t('silences.savedToast')),
  });
  return (
    <form onSubmit={form.submit} noValidate>
      <Stack gap="md">
        <DateTimeInput label={t('silences.ends')} required picks={silencePicks()} {...form.field('#/endsAt')} />
        <Textarea
          label={t('silences.comment')}
          required
          maxLength={500}
          autosize
          minRows={2}
          {...form.field('#/comment')}
        />
        <TextInput label={t('common.reason')} maxLength={500} {...form.field('#/reason')} />
      </Stack>
      <FormActions form={form} blocked={right.reason} onCancel={onClose} save={t('common.save')} />
    </form>
  );
}

function Expire({ silence, onClose }: { readonly silence: Silence; readonly onClose: () => void }) {
  const [isAsking, setAsking] = useState(false);
  const saved = useSilenceSaved(onClose);
  return (
    <>
      <ActionButton
        operation="expireSilence"
        variant="default"
        style={{ alignSelf: 'flex-end' }}
        onClick={() => setAsking(true)}
      >
        {t('silences.expire')}
      </ActionButton>
      <ConfirmDialog
        opened={isAsking}
        onClose={() => setAsking(false)}
        title={t('silences.expireTitle', { comment: silence.comment })}
        effect={t('silences.expireEffect', { n: silence.clients })}
        confirm={t('silences.expire')}
        reason="required"
        onConfirm={async (reason) => {
          const params = { path: { id: silence.id } };
          await unwrap(api.POST('/v1/silences/{id}/expire', { params, body: { reason } }));
          await saved(t('silences.expiredToast'));
        }}
      />
    </>
  );
}
