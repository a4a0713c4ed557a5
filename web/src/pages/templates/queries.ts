import { useQueryClient } from '@tanstack/react-query';
import { api, unwrap, unwrapVersioned, type Versioned } from '../../api/client';
import { keys } from '../../api/keys';
import { isApiError } from '../../api/problems';
import type { components } from '../../api/schema';
import { isKey, t } from '../../i18n/t';

export type MailTemplate = components['schemas']['MailTemplate'];
export type TemplateKind = MailTemplate['kind'];
export type TemplateVersion = components['schemas']['MailTemplateVersion'];
export type Variable = components['schemas']['MailVariables']['variables'][number];
/** What a variable means; one that is newer than the dictionary says it in the words of the API. */
export function meaningOf({ path, description }: Variable): string {
  const key = `emails.variable.${path}`;
  return isKey(key) ? t(key) : description;
}

export type Preview = components['schemas']['MailPreview'];
export type PartError = Preview['errors'][number];

/** What is wrong, in the language of the page. */
export const partErrorText = ({ code, parameters }: PartError): string => t(`emails.fault.${code}`, parameters);

export const placedErrorText = (error: Omit<PartError, 'message'>): string => {
  const { part, line, column, code, parameters } = error;
  const message = t(`emails.fault.${code}`, parameters);
  return t('emails.error', { line, column, part: t(`emails.${part}`), message });
};

/** A refusal that lists faults of a template says them in the language of the page. */
export function inPageLanguage(error: unknown): unknown {
  if (!isApiError(error)) return error;
  const faults = error.errors.flatMap(({ fault }) => (fault ? [placedErrorText(fault)] : []));
  return faults.length > 0 ? error.withDetail(faults.join('\n')) : error;
}

export interface Parts {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}

interface Signal {
  readonly signal: AbortSignal;
}

export const kindsQuery = (resellerId: string) => ({
  queryKey: keys.one('mailTemplates', 'kinds', resellerId),
  queryFn: ({ signal }: Signal) =>
    unwrap(api.GET('/v1/resellers/{id}/mail-templates', { params: { path: { id: resellerId } }, signal })),
});

export const variablesQuery = (kind: TemplateKind) => ({
  queryKey: keys.one('mailTemplates', 'variables', kind),
  queryFn: async ({ signal }: Signal) => {
    const { data } = await unwrap(api.GET('/v1/mail-templates/variables', { params: { query: { kind } }, signal }));
    return data[0]?.variables ?? [];
  },
  staleTime: Infinity,
});

export const versionsQuery = (id: string) => ({
  queryKey: keys.one('mailTemplates', id, 'versions'),
  queryFn: ({ signal }: Signal) =>
    unwrap(api.GET('/v1/mail-templates/{id}/versions', { params: { path: { id } }, signal })),
  staleTime: 0,
});

export const templateUseQuery = (id: string) => ({
  queryKey: keys.one('mailTemplates', id, 'use'),
  queryFn: ({ signal }: Signal) => unwrap(api.GET('/v1/mail-templates/{id}/use', { params: { path: { id } }, signal })),
  staleTime: 0,
});

/** What is sent where a template is rendered. */
export interface Draft extends Parts {
  readonly kind: TemplateKind;
  readonly locale: string;
  /** whose values are shown: of a client, or of a company with a template about companies; empty: samples */
  readonly subjectId: string;
}

export const isAboutCompany = (kind: TemplateKind): boolean => kind === 'company_balance';

export const bodyOf = ({ subjectId, ...draft }: Draft) => ({
  ...draft,
  ...(subjectId !== '' && (isAboutCompany(draft.kind) ? { companyId: subjectId } : { clientId: subjectId })),
});

export const previewQuery = (draft: Draft) => ({
  queryKey: keys.one('mailTemplates', 'preview', draft.kind, draft),
  queryFn: ({ signal }: Signal) => unwrap(api.POST('/v1/mail-templates/render', { body: bodyOf(draft), signal })),
  enabled: draft.subject.trim() !== '',
  // The last preview stays while the next one is rendered.
  placeholderData: (before: Preview | undefined) => before,
  retry: false,
});

export function readMailTemplate(id: string, signal: AbortSignal): Promise<Versioned<MailTemplate>> {
  return unwrapVersioned(api.GET('/v1/mail-templates/{id}', { params: { path: { id } }, signal }));
}

export function useRefreshMailTemplates(): () => Promise<void> {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: ['mailTemplates'] });
}
