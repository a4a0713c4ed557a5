import '../../../../i18n/late/templates';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useParams } from 'react-router';
import { api, unwrapVersioned } from '../../../../api/client';
import { keys } from '../../../../api/keys';
import { t } from '../../../../i18n/t';
import { EntityFailure } from '../../../../ui/page/EntityFailure';
import { EntitySkeleton } from '../../../../ui/page/EntitySkeleton';
import { PageHeader } from '../../../../ui/PageHeader';
import { TemplateActions } from './TemplateActions';
import { TemplateForm } from './TemplateForm';

// Asked for at every drawing: the language may change.
const back = () => ({ to: '/client-templates', label: t('app.list.clientTemplates') });

/** `/client-templates/new` and `/client-templates/3`. */
export default function ClientTemplatePage(): ReactNode {
  const { id } = useParams();
  if (id !== undefined) return <ExistingTemplate key={id} id={id} />;
  return (
    <>
      <PageHeader title={t('templates.new')} back={back()} lead={t('templates.formLead')} />
      <TemplateForm template={null} etag={null} />
    </>
  );
}

function ExistingTemplate({ id }: { readonly id: string }): ReactNode {
  const { data, error, refetch } = useQuery({
    queryKey: keys.one('clientTemplates', id),
    queryFn: ({ signal }) =>
      unwrapVersioned(api.GET('/v1/client-templates/{id}', { params: { path: { id } }, signal })),
    // A form that is being filled in does not change under the hands.
    refetchOnWindowFocus: false,
    staleTime: 0,
    gcTime: 0,
  });
  // Detaching makes a new version, with which the form begins again.
  const [detachments, setDetachments] = useState(0);
  if (error && !data) {
    return (
      <EntityFailure
        error={error}
        onRetry={() => void refetch()}
        back={back()}
        missing={t('templates.missing')}
        missingText={t('templates.missing.text', { id })}
        searchBy="q"
      />
    );
  }
  if (!data) return <EntitySkeleton heights={[260, 320]} />;
  const { value: template, etag } = data;
  return (
    <>
      <PageHeader
        title={template.name}
        back={back()}
        lead={`${t('templates.usedBy', { n: template.clients })} ${t('templates.formLead')}`}
        actions={<TemplateActions template={template} onDetached={() => setDetachments(detachments + 1)} />}
      />
      <TemplateForm key={detachments} template={template} etag={etag} />
    </>
  );
}
