import { Group, Skeleton, Stack, Text } from '@mantine/core';
import { IconUserPlus } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import { api, unwrapVersioned, type Versioned } from '../../../api/client';
import { keys } from '../../../api/keys';
import type { components } from '../../../api/schema';
import { AssignClientsDialog } from '../../../form/dialogs/AssignClientsDialog';
import { ProfileMenu } from '../../../form/ProfileMenu';
import { t } from '../../../i18n/t';
import { ActionButton } from '../../../session/ActionButton';
import { useMe } from '../../../session/session';
import { FailedState } from '../../../ui/FailedState';
import { EntityFailure } from '../../../ui/page/EntityFailure';
import { PageHeader } from '../../../ui/PageHeader';
import { Time } from '../../../ui/text/Time';
import { toastDone } from '../../../ui/toast';
import { newValues, valuesOf, type Profile, type ProfileValues } from './profile-values';
import { ProfileForm } from './ProfileForm';
import { SavedImpact } from './SavedImpact';

/** One profile: a new one (`?copy=3` begins with the fields of another), or one that is there. */
export default function ProfileFormPage(): ReactNode {
  const { id } = useParams();
  return id === undefined ? <NewProfile /> : <ExistingProfile key={id} id={id} />;
}

// Asked for at every drawing: the language may change.
const back = () => ({ to: '/profiles', label: t('app.nav.profiles') });

function NewProfile(): ReactNode {
  const [search] = useSearchParams();
  const copied = search.get('copy');
  const navigate = useNavigate();
  const me = useMe();
  const { data, error, refetch } = useProfile(copied);
  const onSaved = ({ value: { id, name } }: Versioned<Profile>): void => {
    toastDone(t('profiles.created.done', { name }));
    void navigate(`/profiles/${id}`, { replace: true });
  };
  return (
    <>
      <PageHeader title={t('profiles.new')} back={back()} lead={t('profiles.formLead')} />
      {error && <FailedState error={error} onRetry={() => void refetch()} />}
      {copied !== null && !data && !error && <FormSkeleton />}
      {(copied === null || data) && (
        <ProfileForm
          key={copied}
          profile={null}
          etag={null}
          initialValues={data ? copyOf(data.value) : newValues(me.resellerId)}
          onSaved={onSaved}
        />
      )}
    </>
  );
}

function copyOf(profile: Profile): ProfileValues {
  return { ...valuesOf(profile), name: t('profiles.copyOf', { name: profile.name }) };
}

type EditEffect = components['schemas']['ProfileEdited']['effect'];

function ExistingProfile({ id }: { readonly id: string }): ReactNode {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { data, error, refetch } = useProfile(id);
  // A save restarts the form, with the version that it made.
  const [saves, setSaves] = useState(0);
  const [effect, setEffect] = useState<EditEffect | null>(null);
  if (error && !data) {
    return (
      <EntityFailure
        error={error}
        onRetry={() => void refetch()}
        back={back()}
        missing={t('profiles.missing')}
        missingText={t('profiles.missing.text', { id })}
        searchBy="q"
      />
    );
  }
  if (!data) {
    return (
      <>
        <PageHeader title={<Skeleton w={240} h={28} />} back={back()} />
        <FormSkeleton />
      </>
    );
  }
  const profile = data.value;
  const onSaved = (saved: Versioned<Profile>, stays: boolean): void => {
    if (!stays) {
      toastDone(t('profiles.saved.done', { name: saved.value.name }));
      return void navigate('/profiles');
    }
    queries.setQueryData(keys.one('profiles', id), saved);
    setEffect('effect' in saved.value ? (saved.value.effect as EditEffect) : null);
    setSaves(saves + 1);
    toastDone(t('profiles.saved.done', { name: saved.value.name }));
    window.scrollTo({ top: 0 });
  };
  return (
    <>
      <PageHeader
        title={profile.name}
        beside={<Text c="dimmed">{`#${profile.id}`}</Text>}
        back={back()}
        lead={<Lead profile={profile} />}
        actions={<Actions profile={profile} />}
      />
      {effect && <SavedImpact effect={effect} onClose={() => setEffect(null)} />}
      <ProfileForm key={saves} profile={profile} etag={data.etag} initialValues={valuesOf(profile)} onSaved={onSaved} />
    </>
  );
}

function useProfile(id: string | null) {
  return useQuery({
    queryKey: keys.one('profiles', id ?? 'none'),
    queryFn: ({ signal }) => {
      return unwrapVersioned(api.GET('/v1/profiles/{id}', { params: { path: { id: id ?? '' } }, signal }));
    },
    enabled: id !== null,
    // A form that is being filled in does not change under the hands: a colleague's version shows when one saves.
    refetchOnWindowFocus: false,
    staleTime: 0,
    gcTime: 0,
  });
}

function Lead({ profile }: { readonly profile: Profile }): ReactNode {
  return (
    <>
      {t('profiles.usedBy', { n: profile.clients })} {t('profiles.lowOf', { n: profile.lowNow })}{' '}
      {t('profiles.changed')} <Time at={profile.updatedAt} show="relative" />.
    </>
  );
}

function Actions({ profile }: { readonly profile: Profile }): ReactNode {
  const [isAssigning, setAssigning] = useState(false);
  return (
    <Group gap="xs">
      <ActionButton
        operation="assignProfile"
        variant="default"
        size="xs"
        leftSection={<IconUserPlus size={16} aria-hidden />}
        onClick={() => setAssigning(true)}
      >
        {t('profiles.assign')}
      </ActionButton>
      <ProfileMenu profile={profile} afterDelete="/profiles" />
      <AssignClientsDialog profile={profile} opened={isAssigning} onClose={() => setAssigning(false)} />
    </Group>
  );
}

function FormSkeleton(): ReactNode {
  return (
    <Stack gap="md" role="status" aria-label={t('common.loading')}>
      <Skeleton h={260} />
      <Skeleton h={320} />
    </Stack>
  );
}
