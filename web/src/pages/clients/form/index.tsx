import { Alert, Button, Group, Skeleton } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { api, unwrapVersioned, type Versioned } from '../../../api/client';
import { keys } from '../../../api/keys';
import { t } from '../../../i18n/t';
import { refreshLists } from '../../../list/refresh';
import { ActionButton } from '../../../session/ActionButton';
import { EntityFailure } from '../../../ui/page/EntityFailure';
import { PageHeader } from '../../../ui/PageHeader';
import { DeleteDialog } from '../lifecycle/DeleteDialog';
import { ClientForm } from './ClientForm';
import type { Client } from './client-values';

/** `/clients/new` and `/clients/7/edit`. */
export default function ClientFormPage() {
  const { id } = useParams();
  if (id !== undefined) return <EditPage key={id} id={id} />;
  return (
    <>
      <PageHeader title={t('clients.new')} back={{ to: '/clients', label: t('app.nav.clients') }} />
      <ClientForm client={null} etag={null} />
    </>
  );
}

function EditPage({ id }: { readonly id: string }) {
  const { data, error, refetch } = useQuery({
    queryKey: keys.one('clients', id, 'form'),
    queryFn: ({ signal }) => unwrapVersioned(api.GET('/v1/clients/{id}', { params: { path: { id } }, signal })),
    // A form that is being filled in does not change under the hands.
    refetchOnWindowFocus: false,
    staleTime: Infinity,
    gcTime: 0,
  });
  if (error) {
    return (
      <EntityFailure
        error={error}
        onRetry={() => void refetch()}
        back={{ to: '/clients', label: t('app.nav.clients') }}
        missing={t('client.missing')}
        missingText={t('client.missing.text', { id })}
        searchBy="q"
      />
    );
  }
  if (!data) return <FormSkeleton />;
  return <Edit read={data} />;
}

function Edit({ read }: { readonly read: Versioned<Client> }) {
  // What the form was filled with, or saved; the stream may bring newer values, which the form meets as a conflict.
  const [{ value: client, etag }, setRead] = useState(read);
  const [isDeleting, setDeleting] = useState(false);
  const navigate = useNavigate();
  const queries = useQueryClient();
  const isDeleted = client.status === 'deleted';
  return (
    <>
      <PageHeader
        title={t('clients.editOf', { name: client.name })}
        back={{ to: `/clients/${client.id}`, label: client.name }}
        actions={
          !isDeleted && (
            <ActionButton
              operation="deleteClient"
              variant="default"
              size="xs"
              leftSection={<IconTrash size={16} aria-hidden />}
              onClick={() => setDeleting(true)}
            >
              {t('clients.delete')}
            </ActionButton>
          )
        }
      />
      {isDeleted ? (
        <Alert color="gray" title={t('clients.isDeleted')}>
          {t('clients.isDeletedText')}
          <Group mt="sm">
            <Button variant="default" size="xs" onClick={() => void navigate(`/clients/${client.id}`)}>
              {t('common.open')}
            </Button>
          </Group>
        </Alert>
      ) : (
        <ClientForm client={client} etag={etag} onSaved={setRead} />
      )}
      <DeleteDialog
        id={client.id}
        name={client.name}
        opened={isDeleting}
        onClose={() => setDeleting(false)}
        onDone={async () => {
          await refreshLists(queries, 'clients');
          await navigate('/clients');
        }}
      />
    </>
  );
}

function FormSkeleton() {
  return (
    <div role="status" aria-label={t('common.loading')}>
      <Skeleton h={32} w={320} mb="lg" />
      <Skeleton h={280} mb="md" />
      <Skeleton h={220} />
    </div>
  );
}
