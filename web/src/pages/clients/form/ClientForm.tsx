import { Box, Grid, Stack } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { useNavigate } from 'react-router';
import { api, unwrapVersioned, type Versioned } from '../../../api/client';
import { FormActions } from '../../../form/FormActions';
import { profileSource } from '../../../form/sources';
import { useApiForm } from '../../../form/use-api-form';
import { isKey, t } from '../../../i18n/t';
import { refreshLists } from '../../../list/refresh';
import { useRight } from '../../../session/rights';
import { useMe } from '../../../session/session';
import { toastDone } from '../../../ui/toast';
import { clientErrors, inputOf, patchOf, valuesOf, type Client, type ClientValues } from './client-values';
import { effectsOf } from './effects';
import { EffectsPanel } from './EffectsPanel';
import { FieldSections, ReasonField } from './sections';
import { SectionNav } from './SectionNav';

interface ClientFormProps {
  /** null: a new one */
  readonly client: Client | null;
  readonly etag: string | null;
  /** the version that was saved while the user stays in the form */
  readonly onSaved?: (saved: Versioned<Client>) => void;
}

/** The fields of docs/manuals.md#client-form that Lowwater has, by section, with the effect of saving next to them. */
export function ClientForm({ client, etag, onSaved }: ClientFormProps) {
  const me = useMe();
  const right = useRight(client ? 'updateClient' : 'createClient');
  const navigate = useNavigate();
  const queries = useQueryClient();
  // What a change is compared with: the client as it was last read, by a conflict too.
  const base = useRef(client);
  const form = useApiForm({
    initialValues: valuesOf(client, me.resellerId),
    etag,
    validate: (values) => clientErrors(values, base.current),
    save: (values, version) => save(base.current, values, version),
    toValues(resource) {
      base.current = resource as Client;
      return valuesOf(base.current, me.resellerId);
    },
    savedVersion({ value, etag: version }) {
      base.current = value;
      return { values: valuesOf(value, me.resellerId), etag: version };
    },
    ...(client && { subject: { type: 'client', id: client.id } }),
    async onSaved(saved, stays) {
      const { id, name } = saved.value;
      toastDone(t(client ? 'clients.saved' : 'clients.createdToast', { name }));
      if (stays) onSaved?.(saved);
      await refreshLists(queries, 'clients');
      await queries.invalidateQueries({ queryKey: ['clients', id] });
      if (!stays) await navigate(`/clients/${id}`);
    },
  });
  const { data: profileName = null } = useProfileName(form.values.profileId);
  return (
    <form onSubmit={form.submit} noValidate>
      <Box hiddenFrom="lg" display="contents">
        <SectionNav isRow />
      </Box>
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, lg: 8 }}>
          <Stack gap="lg">
            <FieldSections form={form} client={client} />
            <ReasonField form={form} client={client} />
          </Stack>
          <FormActions
            form={form}
            nameOf={fieldName}
            blocked={right.reason}
            isPage
            canStay={client !== null}
            {...(!client && { save: t('clients.create') })}
            onCancel={() => void navigate(client ? `/clients/${client.id}` : '/clients')}
          />
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 4 }}>
          <Stack gap="lg" pos="sticky" top={72}>
            <EffectsPanel effects={effectsOf(form.values, client, profileName)} />
            <Box visibleFrom="lg">
              <SectionNav />
            </Box>
          </Stack>
        </Grid.Col>
      </Grid>
    </form>
  );
}

/** The name under which the field shows the profile. */
function useProfileName(id: string) {
  return useQuery({
    queryKey: ['options', profileSource.searchKey, 'name', id],
    queryFn: ({ signal }) => profileSource.read(id, signal),
    enabled: id !== '',
    staleTime: 60_000,
  });
}

function save(client: Client | null, values: ClientValues, etag: string | null): Promise<Versioned<Client>> {
  if (!client) return unwrapVersioned(api.POST('/v1/clients', { body: inputOf(values) }));
  const params = { path: { id: client.id }, header: { 'If-Match': etag ?? '' } };
  return unwrapVersioned(api.PATCH('/v1/clients/{id}', { params, body: patchOf(values, client) }));
}

/** A field in the words of the form, for a conflict. */
function fieldName(path: string): string {
  const [field = path] = path.split('.');
  const key = `clients.${field}`;
  return isKey(key) ? t(key) : field;
}
