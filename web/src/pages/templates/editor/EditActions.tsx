import { Group } from '@mantine/core';
import { IconCheck, IconDeviceFloppy, IconSend, IconTrash } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { api, unwrap, unwrapVersioned } from '../../../api/client';
import { ConfirmDialog } from '../../../form/dialogs/ConfirmDialog';
import { t } from '../../../i18n/t';
import { ActionButton } from '../../../session/ActionButton';
import { FailedState } from '../../../ui/FailedState';
import { toastDone } from '../../../ui/toast';
import {
  bodyOf,
  inPageLanguage,
  useRefreshMailTemplates,
  type MailTemplate,
  type Parts,
  type TemplateKind,
} from '../queries';

interface EditActionsProps {
  readonly template: MailTemplate | null;
  readonly etag: string | null;
  /** of a new template */
  readonly fresh: {
    readonly kind: TemplateKind;
    readonly resellerId: string;
    readonly name: string;
    readonly locale: string;
  };
  readonly parts: Parts;
  readonly subjectId: string;
  readonly hasErrors: boolean;
  readonly onDiscarded: () => void;
}

/** Saves, publishes, tries, and deletes a template. */
export function EditActions({
  template,
  etag,
  fresh,
  parts,
  subjectId,
  hasErrors,
  onDiscarded,
}: EditActionsProps): ReactNode {
  const navigate = useNavigate();
  const refresh = useRefreshMailTemplates();
  const [asking, setAsking] = useState<'publish' | 'discard' | 'delete' | null>(null);
  const [error, setError] = useState<unknown>(null);
  const name = template?.name ?? fresh.name.trim();
  const saved = template?.draft ?? template;
  const isChanged = !saved || (['subject', 'html', 'text'] as const).some((part) => saved[part] !== parts[part]);
  const params = { path: { id: template?.id ?? '' }, header: { 'If-Match': etag ?? '' } };
  const isNamed = name !== '' && parts.subject.trim() !== '';

  const attempt = async (work: () => Promise<void>): Promise<void> => {
    setError(null);
    try {
      await work();
    } catch (failure) {
      setError(inPageLanguage(failure));
    }
  };
  const saveDraft = async (): Promise<{ readonly id: string; readonly etag: string }> => {
    if (!template) {
      const body = { ...fresh, name, ...parts, draft: true };
      const { value, etag: version } = await unwrapVersioned(api.POST('/v1/mail-templates', { body }));
      return { id: value.id, etag: version };
    }
    if (!isChanged && template.draft) return { id: template.id, etag: etag ?? '' };
    const { etag: version } = await unwrapVersioned(api.PUT('/v1/mail-templates/{id}/draft', { params, body: parts }));
    return { id: template.id, etag: version };
  };
  const save = (): Promise<void> =>
    attempt(async () => {
      const { id } = await saveDraft();
      toastDone(t('emails.draftSaved'));
      await refresh();
      if (!template) await navigate(`/mail-templates/${id}`, { replace: true });
    });
  const publish = async (): Promise<void> => {
    const { id, etag: version } = await saveDraft();
    await unwrap(
      api.POST('/v1/mail-templates/{id}/publish', { params: { path: { id }, header: { 'If-Match': version } } }),
    );
    toastDone(t('emails.published', { name }));
    await refresh();
    if (!template) await navigate(`/mail-templates/${id}`, { replace: true });
  };
  const discard = async (): Promise<void> => {
    await unwrap(api.DELETE('/v1/mail-templates/{id}/draft', { params }));
    toastDone(t('emails.discarded'));
    await refresh();
    onDiscarded();
  };
  const remove = async (): Promise<void> => {
    await unwrap(api.DELETE('/v1/mail-templates/{id}', { params }));
    toastDone(t('emails.deleted', { name }));
    await navigate('/mail-templates');
    await refresh();
  };
  const sendTest = (): Promise<void> =>
    attempt(async () => {
      const body = bodyOf({ kind: fresh.kind, locale: template?.locale ?? fresh.locale, subjectId, ...parts });
      const { to } = await unwrap(api.POST('/v1/mail-templates/test', { body }));
      toastDone(t('emails.testSent', { to }));
    });
  const faulty = hasErrors ? t('emails.hasErrors') : null;
  const isPublished = template !== null && !template.draft && !isChanged;
  return (
    <>
      {error ? <FailedState error={error} /> : null}
      <Group gap="xs">
        <ActionButton
          operation={template ? 'saveMailTemplateDraft' : 'createMailTemplate'}
          variant="default"
          leftSection={<IconDeviceFloppy size={16} aria-hidden />}
          disabled={!isNamed || !isChanged}
          onClick={() => void save()}
        >
          {t('emails.saveDraft')}
        </ActionButton>
        <ActionButton
          operation="publishMailTemplate"
          leftSection={<IconCheck size={16} aria-hidden />}
          blocked={faulty ?? (isPublished ? t('emails.unchanged') : null)}
          disabled={!isNamed}
          onClick={() => setAsking('publish')}
        >
          {t('emails.publish')}
        </ActionButton>
        <ActionButton
          operation="sendTestEmail"
          isInRow
          variant="default"
          leftSection={<IconSend size={16} aria-hidden />}
          blocked={faulty}
          disabled={parts.subject.trim() === ''}
          onClick={() => void sendTest()}
        >
          {t('emails.sendTest')}
        </ActionButton>
        {template?.draft && template.published !== null && (
          <ActionButton
            operation="discardMailTemplateDraft"
            isInRow
            variant="default"
            onClick={() => setAsking('discard')}
          >
            {t('emails.discard')}
          </ActionButton>
        )}
        {template && (
          <ActionButton
            operation="deleteMailTemplate"
            isInRow
            variant="default"
            leftSection={<IconTrash size={16} aria-hidden />}
            onClick={() => setAsking('delete')}
          >
            {t('common.delete')}
          </ActionButton>
        )}
      </Group>
      <ConfirmDialog
        opened={asking === 'publish'}
        onClose={() => setAsking(null)}
        title={t('emails.publishTitle', { name })}
        effect={t('emails.publishEffect')}
        confirm={t('emails.publish')}
        onConfirm={() =>
          publish().catch((failure: unknown) => {
            throw inPageLanguage(failure);
          })
        }
      />
      <ConfirmDialog
        opened={asking === 'discard'}
        onClose={() => setAsking(null)}
        title={t('emails.discardTitle', { name })}
        effect={t('emails.discardEffect')}
        confirm={t('emails.discard')}
        isDangerous
        onConfirm={discard}
      />
      <ConfirmDialog
        opened={asking === 'delete'}
        onClose={() => setAsking(null)}
        title={t('emails.deleteTitle', { name })}
        effect={t('emails.deleteEffect')}
        confirm={t('common.delete')}
        isDangerous
        onConfirm={remove}
      />
    </>
  );
}
