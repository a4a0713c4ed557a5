import { Alert, Button, Group, Skeleton, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconMail } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { api, unwrap } from '../../api/client';
import type { components } from '../../api/schema';
import { t } from '../../i18n/t';
import { toastDone, toastFailure } from '../../ui/toast';
import { faultsOf } from '../faults';
import { PanelCard } from '../PanelCard';
import { usePanelSession } from '../session-context';
import { contactsQuery } from './contacts-query';

type Pending = components['schemas']['PendingBillingEmail'];

/** The address of notices and invoices: another one counts once it and the old one have confirmed it. */
export function BillingEmailCard() {
  const contacts = useQuery(contactsQuery);
  const { client } = usePanelSession();
  if (contacts.error) return null;
  const pending = contacts.data?.value.pendingBillingEmail ?? null;
  return (
    <PanelCard title={t('panel.contact.billingEmail')}>
      {contacts.isPending && <Skeleton h={80} />}
      {contacts.data && (
        <>
          <Text size="sm">{contacts.data.value.billingEmail ?? t('common.none')}</Text>
          {pending && <PendingChange pending={pending} />}
          {client.status === 'active' && <ChangeForm />}
        </>
      )}
    </PanelCard>
  );
}

function PendingChange({ pending }: { readonly pending: Pending }): ReactNode {
  const queries = useQueryClient();
  const withdraw = useMutation({
    mutationFn: () => unwrap(api.DELETE('/v1/panel/billing-email')),
    onSuccess: () => queries.invalidateQueries({ queryKey: contactsQuery.queryKey }),
    onError: toastFailure,
  });
  const { newEmail, oldConfirmed, newConfirmed } = pending;
  const waiting = oldConfirmed ? 'new' : newConfirmed ? 'old' : 'both';
  return (
    <Alert color="blue" variant="light" icon={<IconMail aria-hidden />} title={newEmail}>
      <Stack gap="sm" align="flex-start">
        <Text size="sm">{t(`panel.emailWaits.${waiting}`)}</Text>
        <Button variant="default" loading={withdraw.isPending} onClick={() => withdraw.mutate()}>
          {t('panel.withdrawEmail')}
        </Button>
      </Stack>
    </Alert>
  );
}

function ChangeForm(): ReactNode {
  const queries = useQueryClient();
  const form = useForm({
    initialValues: { billingEmail: '' },
    validate: { billingEmail: (text) => (text.trim() === '' ? t('common.required') : null) },
  });
  const request = useMutation({
    mutationFn: (body: { billingEmail: string }) => unwrap(api.POST('/v1/panel/billing-email', { body })),
    onSuccess() {
      form.reset();
      toastDone(t('panel.emailRequested'));
      void queries.invalidateQueries({ queryKey: contactsQuery.queryKey });
    },
    onError: (error) => form.setErrors(faultsOf(error, ['billingEmail'])),
  });
  return (
    <form onSubmit={form.onSubmit((body) => request.mutate(body))} noValidate>
      <Stack gap="md">
        <TextInput
          type="email"
          label={t('panel.newEmail')}
          description={t('panel.newEmailHint')}
          {...form.getInputProps('billingEmail')}
        />
        <Group justify="flex-end">
          <Button type="submit" variant="default" loading={request.isPending}>
            {t('panel.changeEmail')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
