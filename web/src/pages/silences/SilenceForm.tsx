import { Stack, Text, Textarea, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { api, unwrap } from '../../api/client';
import { serverNow } from '../../api/transport';
import { firstOf, instantError, maxLength, required, type FieldError } from '../../form/checks';
import { FormActions } from '../../form/FormActions';
import { DateTimeInput, silencePicks } from '../../form/inputs/DateTimeInput';
import { ProfilePicker, ResellerPicker } from '../../form/inputs/pickers';
import type { Pointer } from '../../form/pointer';
import { useApiForm } from '../../form/use-api-form';
import { t } from '../../i18n/t';
import { useRight } from '../../session/rights';
import { Preview } from './Preview';
import { matcherBody, type SilenceMatcher } from './queries';
import { useSilenceSaved } from './use-silence-saved';

interface SilenceValues extends SilenceMatcher {
  readonly startsAt: string;
  readonly endsAt: string;
  readonly comment: string;
}

/** A new silence, with the clients that it covers. */
export function SilenceForm({ onClose }: { readonly onClose: () => void }): ReactNode {
  const right = useRight('createSilence');
  const saved = useSilenceSaved(onClose);
  const form = useApiForm({
    initialValues: { resellerId: '', tag: '', profileId: '', startsAt: '', endsAt: '', comment: '' },
    validate: silenceErrors,
    save: (values) => unwrap(api.POST('/v1/silences', { body: bodyOf(values) })),
    onSaved: ({ clients }) => saved(t('silences.createdToast', { n: clients })),
  });
  const { resellerId, tag, profileId } = form.values;
  return (
    <form onSubmit={form.submit} noValidate>
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {t('silences.newLead')}
        </Text>
        <ResellerPicker
          label={t('silences.reseller')}
          description={t('silences.resellerHint')}
          {...form.field('#/resellerId')}
        />
        <TextInput
          label={t('silences.tag')}
          description={t('silences.anyHint')}
          maxLength={64}
          {...form.field('#/tag')}
        />
        <ProfilePicker
          label={t('silences.profile')}
          description={t('silences.anyHint')}
          {...form.field('#/profileId')}
        />
        <Preview matcher={{ resellerId, tag, profileId }} />
        <DateTimeInput
          label={t('silences.starts')}
          description={t('silences.startsHint')}
          {...form.field('#/startsAt')}
        />
        <DateTimeInput label={t('silences.ends')} required picks={silencePicks()} {...form.field('#/endsAt')} />
        <Textarea
          label={t('silences.comment')}
          description={t('silences.commentHint')}
          required
          maxLength={500}
          autosize
          minRows={2}
          {...form.field('#/comment')}
        />
      </Stack>
      <FormActions form={form} blocked={right.reason} onCancel={onClose} save={t('silences.create')} />
    </form>
  );
}

function silenceErrors({ startsAt, endsAt, comment }: SilenceValues): Readonly<Record<Pointer, FieldError>> {
  return {
    '#/startsAt': instantError(startsAt),
    '#/endsAt': firstOf(
      required(endsAt),
      instantError(endsAt, serverNow()),
      startsAt !== '' && Date.parse(endsAt) <= Date.parse(startsAt) ? t('silences.endsBeforeStart') : null,
    ),
    '#/comment': firstOf(required(comment), maxLength(500, comment)),
  };
}

function bodyOf({ startsAt, endsAt, comment, ...matcher }: SilenceValues) {
  return { ...matcherBody(matcher), ...(startsAt !== '' && { startsAt }), endsAt, comment: comment.trim() };
}
