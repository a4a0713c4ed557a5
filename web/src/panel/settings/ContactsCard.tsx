import { Button, Group, Skeleton, Stack, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api, unwrapVersioned, type Versioned } from '../../api/client';
import type { components } from '../../api/schema';
import { t } from '../../i18n/t';
import { FailedState } from '../../ui/FailedState';
import { toastDone } from '../../ui/toast';
import { faultsOf } from '../faults';
import { PanelCard } from '../PanelCard';
import { PanelFacts } from '../PanelFacts';
import { usePanelSession } from '../session-context';
import { contactsQuery } from './contacts-query';

type Contacts = components['schemas']['PanelContacts'];

const names = ['companyName', 'mainEmail', 'nocEmail', 'ratesEmail', 'zipCode', 'address'] as const;
type Values = Record<(typeof names)[number], string>;

/** Company data and addresses that need no confirmation. */
export function ContactsCard() {
  const contacts = useQuery(contactsQuery);
  return (
    <PanelCard title={t('panel.contacts')}>
      {contacts.isPending && <Skeleton h={240} />}
      {contacts.error && <FailedState error={contacts.error} onRetry={() => void contacts.refetch()} />}
      {contacts.data && <ContactsForm key={contacts.data.etag} read={contacts.data} />}
    </PanelCard>
  );
}

function ContactsForm({ read: { value, etag } }: { readonly read: Versioned<Contacts> }): ReactNode {
  const queries = useQueryClient();
  const { client } = usePanelSession();
  const form = useForm<Values>({ initialValues: valuesOf(value) });
  const save = useMutation({
    mutationFn: (values: Values) => {
      const body = Object.fromEntries(names.map((name) => [name, values[name].trim() === '' ? null : values[name]]));
      return unwrapVersioned(api.PATCH('/v1/panel/contacts', { params: { header: { 'If-Match': etag } }, body }));
    },
    onSuccess(saved) {
      queries.setQueryData(contactsQuery.queryKey, saved);
      toastDone(t('common.saved'));
    },
    onError: (error) => form.setErrors(faultsOf(error, names)),
  });
  const isStopped = client.status === 'stop';
  return (
    <form onSubmit={form.onSubmit((values) => save.mutate(values))} noValidate>
      <Stack gap="md">
        {names.map((name) => {
          const props = { label: t(`panel.contact.${name}`), readOnly: isStopped, ...form.getInputProps(name) };
          return name === 'address' ? (
            <Textarea key={name} autosize minRows={2} {...props} />
          ) : (
            <TextInput key={name} type={name.endsWith('Email') ? 'email' : 'text'} {...props} />
          );
        })}
        <PanelFacts
          facts={[
            [t('panel.contact.taxId'), value.taxId ?? t('common.none')],
            [t('panel.contact.registrationId'), value.registrationId ?? t('common.none')],
          ]}
        />
        {!isStopped && (
          <Group justify="flex-end">
            <Button type="submit" loading={save.isPending} disabled={!form.isDirty()}>
              {t('panel.saveContacts')}
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  );
}

function valuesOf(contacts: Contacts): Values {
  return Object.fromEntries(names.map((name) => [name, contacts[name] ?? ''])) as Values;
}
