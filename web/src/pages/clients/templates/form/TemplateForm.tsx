import { Fieldset, Grid, Paper, SimpleGrid, Stack, TextInput, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { api, unwrapVersioned, type Versioned } from '../../../../api/client';
import { FormActions } from '../../../../form/FormActions';
import { CurrencySelect } from '../../../../form/inputs/CurrencySelect';
import { ResellerPicker } from '../../../../form/inputs/pickers';
import { TagsInput } from '../../../../form/inputs/TagsInput';
import { useApiForm } from '../../../../form/use-api-form';
import { isKey, t } from '../../../../i18n/t';
import { useRight } from '../../../../session/rights';
import { useMe } from '../../../../session/session';
import { toastDone } from '../../../../ui/toast';
import type { ClientValues } from '../../form/client-values';
import classes from '../../form/form.module.css';
import { reasonOf, useRefreshTemplates } from '../refresh-templates';
import { atFields, draftOf, templateErrors, templateValues, type Template } from '../template-values';
import { TemplateImpact } from './TemplateImpact';
import { TemplateSections } from './TemplateSections';

interface TemplateFormProps {
  /** null: a new one */
  readonly template: Template | null;
  readonly etag: string | null;
}

/** What a template sets, and next to it what saving would do to its clients. */
export function TemplateForm({ template, etag }: TemplateFormProps): ReactNode {
  const me = useMe();
  const navigate = useNavigate();
  const refresh = useRefreshTemplates();
  const { reason: blocked } = useRight(template ? 'updateClientTemplate' : 'createClientTemplate');
  const form = useApiForm({
    initialValues: templateValues(template, me.resellerId),
    etag,
    validate: templateErrors,
    save: (values, version, confirmed) => atFields(save(template, values, version, confirmed)),
    toValues: (resource) => templateValues(resource as Template, me.resellerId),
    ...(template && { subject: { type: 'client_template', id: template.id } }),
    async onSaved({ value: { id, name } }) {
      toastDone(t(template ? 'templates.saved' : 'templates.createdToast', { name }));
      await refresh();
      if (template) await navigate('/client-templates');
      else await navigate(`/client-templates/${id}`, { replace: true });
    },
  });
  return (
    <form onSubmit={form.submit} noValidate>
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, lg: 8 }}>
          {/* Who may not change it reads it: the browser disables everything within. */}
          <fieldset disabled={blocked !== null} className={classes['bare']}>
            <Stack gap="lg">
              <Fieldset legend={t('templates.general')}>
                <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md" verticalSpacing="sm">
                  <TextInput label={t('common.name')} required maxLength={64} {...form.field('#/name')} />
                  {!template && (
                    <ResellerPicker
                      label={t('clients.reseller')}
                      required
                      clearable={false}
                      {...form.field('#/resellerId')}
                    />
                  )}
                  <CurrencySelect
                    label={t('templates.currency')}
                    description={t('templates.currencyHint')}
                    clearable
                    {...form.field('#/currency')}
                  />
                  <TagsInput
                    label={t('clients.tags')}
                    description={t('templates.tagsHint')}
                    style={{ gridColumn: '1 / -1' }}
                    {...form.field('#/tags')}
                  />
                </SimpleGrid>
              </Fieldset>
              <TemplateSections form={form} />
              <TextInput
                label={t('common.reason')}
                placeholder={t('form.reason.placeholder')}
                maxLength={500}
                {...form.field('#/reason')}
              />
            </Stack>
          </fieldset>
          <FormActions
            form={form}
            nameOf={fieldName}
            blocked={blocked}
            isPage
            save={template ? t('common.save') : t('templates.create')}
            onCancel={() => void navigate('/client-templates')}
          />
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 4 }}>
          <Paper withBorder p="md" component="section" aria-label={t('templates.effect')} pos="sticky" top={72}>
            <Title order={2} size="h5" mb="xs">
              {t('templates.effect')}
            </Title>
            <TemplateImpact template={template} values={form.values} />
          </Paper>
        </Grid.Col>
      </Grid>
    </form>
  );
}

function save(
  template: Template | null,
  values: ClientValues,
  etag: string | null,
  confirmed: number | undefined,
): Promise<Versioned<Template>> {
  const body = { ...draftOf(values), ...reasonOf(values.reason) };
  if (!template) {
    return unwrapVersioned(api.POST('/v1/client-templates', { body: { ...body, resellerId: values.resellerId } }));
  }
  const params = { path: { id: template.id }, header: { 'If-Match': etag ?? '' } };
  const confirmation = confirmed === undefined ? {} : { confirmNotifications: confirmed };
  return unwrapVersioned(api.PATCH('/v1/client-templates/{id}', { params, body: { ...body, ...confirmation } }));
}

/** A field in the words of the form, for a conflict. */
function fieldName(path: string): string {
  const [field = path] = path.split('.');
  const key = `clients.${field}`;
  return isKey(key) ? t(key) : field;
}
