import { Grid, Stack } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { useNavigate } from 'react-router';
import { api, unwrap } from '../../../api/client';
import { FormActions } from '../../../form/FormActions';
import { useApiForm } from '../../../form/use-api-form';
import { isKey, t } from '../../../i18n/t';
import { refreshLists } from '../../../list/refresh';
import { useRight } from '../../../session/rights';
import { useMe } from '../../../session/session';
import { toastDone } from '../../../ui/toast';
import { clientErrors, inputOf, patchOf, valuesOf, type Client, type ClientValues } from './client-values';
import { effectsOf } from './effects';
import { EffectsPanel } from './EffectsPanel';
import { BalanceSection, ContactSection, GeneralSection, NotificationSection, ReasonField } from './sections';

interface ClientFormProps {
  /** null: a new one */
  readonly client: Client | null;
  readonly etag: string | null;
}

/** The fields of docs/manuals.md#client-form that Lowwater has, by section, with the effect of saving next to them. */
export function ClientForm({ client, etag }: ClientFormProps) {
  const me = useMe();
  const right = useRight(client ? 'updateClient' : 'createClient');
  const navigate = useNavigate();
  const queries = useQueryClient();
  // What a change is compared with: the client as it was last read, by a conflict too.
  const base = useRef(client);
  const form = useApiForm({
    initialValues: valuesOf(client, me.resellerId),
    etag,
    validate: clientErrors,
    save: (values, version) => save(base.current, values, version),
    toValues(resource) {
      base.current = resource as Client;
      return valuesOf(base.current, me.resellerId);
    },
    async onSaved({ id, name }) {
      toastDone(t(client ? 'clients.saved' : 'clients.createdToast', { name }));
      await refreshLists(queries, 'clients');
      await queries.invalidateQueries({ queryKey: ['clients', id] });
      await navigate(`/clients/${id}`);
    },
  });
  return (
    <form onSubmit={form.submit} noValidate>
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, lg: 8 }}>
          <Stack gap="lg">
            <GeneralSection form={form} client={client} />
            <BalanceSection form={form} client={client} />
            <NotificationSection form={form} client={client} />
            <ContactSection form={form} client={client} />
            <ReasonField form={form} client={client} />
          </Stack>
          <FormActions
            form={form}
            nameOf={fieldName}
            blocked={right.reason}
            save={client ? t('common.save') : t('clients.create')}
            onCancel={() => void navigate(client ? `/clients/${client.id}` : '/clients')}
          />
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 4 }}>
          <EffectsPanel effects={effectsOf(form.values, client)} />
        </Grid.Col>
      </Grid>
    </form>
  );
}

function save(client: Client | null, values: ClientValues, etag: string | null): Promise<Client> {
  if (!client) return unwrap(api.POST('/v1/clients', { body: inputOf(values) }));
  const params = { path: { id: client.id }, header: { 'If-Match': etag ?? '' } };
  return unwrap(api.PATCH('/v1/clients/{id}', { params, body: patchOf(values, client) }));
}

/** A field in the words of the form, for a conflict. */
function fieldName(path: string): string {
  const [field = path] = path.split('.');
  const key = `clients.${field}`;
  return isKey(key) ? t(key) : field;
}
