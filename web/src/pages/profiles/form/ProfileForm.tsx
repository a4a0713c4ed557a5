import { Grid, Paper, Stack, TextInput, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { api, unwrapVersioned, type Versioned } from '../../../api/client';
import type { components } from '../../../api/schema';
import { FormActions } from '../../../form/FormActions';
import { refreshProfiles } from '../../../form/refresh-profiles';
import { useApiForm } from '../../../form/use-api-form';
import { t } from '../../../i18n/t';
import { useRight } from '../../../session/rights';
import { AdvancedRules } from './AdvancedRules';
import { ProfileImpact } from './ProfileImpact';
import { fieldName, fieldValue } from './field-labels';
import { GeneralFields } from './GeneralFields';
import { bodyOf, profileErrors, valuesOf, type Profile, type ProfileValues } from './profile-values';
import classes from './ProfileForm.module.css';
import { RuleFields } from './RuleFields';
import { Sentence } from './Sentence';
import { ThresholdOrder } from './ThresholdOrder';
import { TimingFields } from './TimingFields';

type Saved = Profile | components['schemas']['ProfileEdited'];

interface ProfileFormProps {
  /** null: a new one */
  readonly profile: Profile | null;
  readonly etag: string | null;
  readonly initialValues: ProfileValues;
  readonly onSaved: (saved: Versioned<Saved>, stays: boolean) => void;
}

/** Every field of a profile, and next to them what they mean and what they would do. */
export function ProfileForm({ profile, etag, initialValues, onSaved }: ProfileFormProps): ReactNode {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { reason: blocked } = useRight(profile ? 'replaceProfile' : 'createProfile');
  const form = useApiForm({
    initialValues,
    etag,
    validate: profileErrors,
    save: (values, version, confirmed): Promise<Versioned<Saved>> => save(profile, values, version, confirmed),
    toValues: (resource) => valuesOf(resource as Profile),
    ...(profile && { subject: { type: 'profile', id: profile.id } }),
    async onSaved(saved, stays) {
      onSaved(saved, stays);
      await refreshProfiles(queries);
    },
  });
  return (
    <form onSubmit={form.submit} noValidate>
      <Grid gap="md">
        <Grid.Col span={{ base: 12, lg: 8 }}>
          {/* Who may not change it reads it: the browser disables everything within. */}
          <fieldset disabled={blocked !== null} className={classes['fields']}>
            <Stack gap="md">
              <GeneralFields form={form} />
              <RuleFields form={form} />
              <AdvancedRules form={form} savedKeys={(profile?.advancedRules ?? []).map(({ key }) => key)} />
              <TimingFields form={form} />
              <TextInput
                label={t('common.reason')}
                description={t('profiles.reasonHint')}
                maxLength={500}
                {...form.field('#/reason')}
              />
            </Stack>
          </fieldset>
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 4 }}>
          <Stack gap="md" className={classes['rail']} role="region" aria-label={t('profiles.summary')} tabIndex={0}>
            <RailPart title={t('profiles.sentence')}>
              <Sentence values={form.values} />
            </RailPart>
            <RailPart title={t('profiles.order')}>
              <ThresholdOrder values={form.values} />
            </RailPart>
            <RailPart title={t('profiles.effect')}>
              <ProfileImpact id={profile?.id ?? null} values={form.values} />
            </RailPart>
          </Stack>
        </Grid.Col>
      </Grid>
      <FormActions
        form={form}
        nameOf={fieldName}
        show={(path, value) => fieldValue(path, value, form.values.resellerId)}
        blocked={blocked}
        isPage
        canStay={profile !== null}
        {...(!profile && { save: t('profiles.create') })}
        onCancel={() => void navigate('/profiles')}
      />
    </form>
  );
}

function save(
  profile: Profile | null,
  values: ProfileValues,
  version: string | null,
  confirmed: number | undefined,
): Promise<Versioned<Saved>> {
  const body = bodyOf(values);
  if (!profile) return unwrapVersioned(api.POST('/v1/profiles', { body }));
  const params = { path: { id: profile.id }, header: { 'If-Match': version ?? '' } };
  const confirmation = confirmed === undefined ? {} : { confirmNotifications: confirmed };
  return unwrapVersioned(api.PUT('/v1/profiles/{id}', { params, body: { ...body, ...confirmation } }));
}

function RailPart({ title, children }: { readonly title: string; readonly children: ReactNode }): ReactNode {
  return (
    <Paper withBorder p="md" component="section" aria-label={title}>
      <Title order={2} size="h6" mb="xs">
        {title}
      </Title>
      {children}
    </Paper>
  );
}
