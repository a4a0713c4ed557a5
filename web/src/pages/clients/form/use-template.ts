import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { api, unwrap } from '../../../api/client';
import type { ApiForm } from '../../../form/use-api-form';
import { inheritableFields } from '../../../ui/text/client-field';
import { inheritedValue, type ClientValues, type TemplateValues } from './client-values';

/** What the template that is chosen in the form sets; null: none is, or it is not known yet. Its values fill the fields. */
export function useTemplate(form: ApiForm<ClientValues>): TemplateValues | null {
  const { clientTemplateId } = form.values;
  const { data } = useQuery({
    queryKey: ['clientTemplates', clientTemplateId, 'values'],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/v1/client-templates/{id}', { params: { path: { id: clientTemplateId } }, signal })),
    enabled: clientTemplateId !== '',
    staleTime: 60_000,
  });
  const template = clientTemplateId === '' ? null : (data?.values ?? null);
  // The fields have the values of the one that the client was read with.
  const filled = useRef(clientTemplateId);
  useEffect(() => {
    const isKnown = clientTemplateId === '' || template !== null;
    if (filled.current === clientTemplateId || !isKnown) return;
    filled.current = clientTemplateId;
    for (const field of inheritableFields) {
      if (form.values.inherited.includes(field.name)) form.set(`#/${field.name}`, inheritedValue(field, template));
    }
  }, [clientTemplateId, template, form]);
  return template;
}
