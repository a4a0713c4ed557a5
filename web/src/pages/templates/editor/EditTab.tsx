import {
  Alert,
  Button,
  Grid,
  Group,
  SegmentedControl,
  Select,
  SimpleGrid,
  Skeleton,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useRef, useState, type ReactNode } from 'react';
import { api, unwrap } from '../../../api/client';
import { ClientPicker, CompanyPicker } from '../../../form/inputs/pickers';
import { languageOptions } from '../../../form/languages';
import { t } from '../../../i18n/t';
import { useCan } from '../../../session/rights';
import {
  isAboutCompany,
  partErrorText,
  placedErrorText,
  previewQuery,
  variablesQuery,
  type MailTemplate,
  type Parts,
  type TemplateKind,
} from '../queries';
import { EditActions } from './EditActions';
import { PreviewPanel } from './PreviewPanel';
import { VariablesPanel } from './VariablesPanel';

// The editor is larger than the rest of the page: what is only read, or on the way, does not wait for it.
const CodeEditor = lazy(() => import('./CodeEditor'));

const formats = ['html', 'text'] as const;
const previewDelayMs = 400;

interface EditTabProps {
  /** null: a new one */
  readonly template: MailTemplate | null;
  readonly etag: string | null;
  readonly kind: TemplateKind;
  readonly resellerId: string;
  readonly onDiscarded?: () => void;
}

/** The text of a template with its errors, and next to it the email that it gives. */
export function EditTab({ template, etag, kind, resellerId, onDiscarded }: EditTabProps): ReactNode {
  const can = useCan();
  const isDisabled = !can(template ? 'saveMailTemplateDraft' : 'createMailTemplate');
  const start = template?.draft ?? template;
  const [name, setName] = useState(template?.name ?? '');
  const [locale, setLocale] = useState(template?.locale ?? 'en');
  const [parts, setParts] = useState<Parts>({
    subject: start?.subject ?? '',
    html: start?.html ?? '',
    text: start?.text ?? '',
  });
  const [format, setFormat] = useState<(typeof formats)[number]>(start?.html === '' ? 'text' : 'html');
  const [subjectId, setSubjectId] = useState('');
  const SubjectPicker = isAboutCompany(kind) ? CompanyPicker : ClientPicker;
  const insert = useRef<(text: string) => void>(() => undefined);
  const [draft] = useDebouncedValue({ kind, locale, subjectId, ...parts }, previewDelayMs);
  const { data: preview, error } = useQuery(previewQuery(draft));
  const { data: variables = [] } = useQuery(variablesQuery(kind));
  const change = (part: keyof Parts, value: string): void => setParts((before) => ({ ...before, [part]: value }));
  const errors = preview?.errors ?? [];
  const subjectError = errors.find(({ part }) => part === 'subject');
  const begin = async (): Promise<void> => {
    const language = locale.startsWith('uk') ? 'uk' : 'en';
    const { data } = await unwrap(api.GET('/v1/mail-templates/built-in', { params: { query: { kind, language } } }));
    const [builtIn] = data;
    if (builtIn) setParts({ subject: builtIn.subject, html: builtIn.html, text: builtIn.text });
  };
  const isEmpty = parts.subject === '' && parts.html === '' && parts.text === '';
  return (
    <Grid gap="lg">
      <Grid.Col span={{ base: 12, lg: 7 }}>
        <Stack gap="md">
          {!template && (
            <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md">
              <TextInput
                label={t('emails.name')}
                required
                maxLength={200}
                value={name}
                onChange={(event) => setName(event.currentTarget.value)}
              />
              <Select
                label={t('emails.language')}
                allowDeselect={false}
                data={languageOptions(locale)}
                value={locale}
                onChange={(next) => setLocale(next ?? 'en')}
              />
            </SimpleGrid>
          )}
          {isEmpty && !isDisabled && (
            <Group>
              <Button variant="default" size="xs" onClick={() => void begin()}>
                {t('emails.startBuiltIn')}
              </Button>
            </Group>
          )}
          <TextInput
            label={t('emails.subject')}
            required
            maxLength={1000}
            disabled={isDisabled}
            value={parts.subject}
            onChange={(event) => change('subject', event.currentTarget.value)}
            error={subjectError && partErrorText(subjectError)}
          />
          <div>
            <SegmentedControl
              size="xs"
              mb="xs"
              aria-label={t('emails.part')}
              data={formats.map((value) => ({ value, label: t(`emails.${value}`) }))}
              value={format}
              onChange={setFormat}
            />
            <Suspense fallback={<Skeleton h={260} />}>
              <CodeEditor
                key={format}
                label={t(`emails.${format}`)}
                value={parts[format]}
                onChange={(value) => change(format, value)}
                variables={variables}
                errors={errors.filter(({ part }) => part === format)}
                isDisabled={isDisabled}
                onReady={(ready) => {
                  insert.current = ready;
                }}
              />
            </Suspense>
            <Text size="xs" c="dimmed" mt={4}>
              {t('emails.editorHint')} {t('emails.emptyPart')}
            </Text>
          </div>
          {errors.length > 0 && (
            <Alert color="red" variant="light" title={t('emails.errors')}>
              {errors.map((one) => (
                <Text key={`${one.part} ${one.line} ${one.column} ${one.message}`} size="sm">
                  {placedErrorText(one)}
                </Text>
              ))}
            </Alert>
          )}
          <EditActions
            template={template}
            etag={etag}
            fresh={{ kind, resellerId, name, locale }}
            parts={parts}
            subjectId={subjectId}
            hasErrors={errors.length > 0}
            onDiscarded={() => onDiscarded?.()}
          />
        </Stack>
      </Grid.Col>
      <Grid.Col span={{ base: 12, lg: 5 }}>
        <Stack gap="md">
          <SubjectPicker
            label={t(isAboutCompany(kind) ? 'emails.company' : 'emails.client')}
            description={t('emails.clientHint')}
            clearable
            value={subjectId}
            onChange={setSubjectId}
          />
          <PreviewPanel preview={preview ?? null} error={error} />
          <VariablesPanel variables={variables} onInsert={(text) => insert.current(text)} />
        </Stack>
      </Grid.Col>
    </Grid>
  );
}
