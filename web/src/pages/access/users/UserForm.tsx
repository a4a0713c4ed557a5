import { Fieldset, Select, Stack, Switch, Text, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { api, unwrap } from '../../../api/client';
import { keys } from '../../../api/keys';
import type { User } from '../../../api/types';
import { FormActions } from '../../../form/FormActions';
import { MaximumIncreaseFields } from '../../../form/MaximumIncreaseFields';
import { MaximumLimitFields } from '../../../form/MaximumLimitFields';
import { useApiForm } from '../../../form/use-api-form';
import { t, type Key } from '../../../i18n/t';
import { refreshLists } from '../../../list/refresh';
import { useRight } from '../../../session/rights';
import { useMe } from '../../../session/session';
import { toastDone } from '../../../ui/toast';
import { bodyOf, userErrors, valuesOf } from './user-values';
import { UserActions } from './UserActions';
import { userRoles } from './users-list';
import { BouncedAddresses } from '../../../form/BouncedAddresses';

interface UserFormProps {
  /** null: a new one */
  readonly user: User | null;
  readonly etag: string | null;
  readonly onClose: () => void;
  /** a user who cannot log in yet is shown, with the buttons that change that */
  readonly onCreated: (id: string) => void;
}

const createdText = ({ invitation }: User): Key =>
  invitation ? 'settings.users.invitedToast' : 'settings.users.createdToast';

export function UserForm({ user, etag, onClose, onCreated }: UserFormProps) {
  const me = useMe();
  const queries = useQueryClient();
  const right = useRight(user ? 'updateUser' : 'createUser');
  const isMyself = me.kind === 'user' && me.id === user?.id;
  const form = useApiForm({
    initialValues: valuesOf(user),
    etag,
    validate: userErrors,
    save: (values, version) => save(user, bodyOf(values, user), version),
    toValues: (resource) => valuesOf(resource as User),
    ...(user && { subject: { type: 'user', id: user.id } }),
    async onSaved(saved) {
      toastDone(t(user ? 'settings.users.saved' : createdText(saved), { name: saved.name }));
      await refreshLists(queries, 'users');
      await queries.invalidateQueries({ queryKey: ['users'] });
      if (user || saved.invitation) onClose();
      else onCreated(saved.id);
    },
  });
  const { currency } = form.values.maximumIncrease.amount;
  return (
    <Stack gap="md">
      <form onSubmit={form.submit} noValidate>
        <Stack gap="md">
          <TextInput label={t('common.name')} required {...form.field('#/name')} />
          <TextInput label={t('common.email')} type="email" required autoComplete="off" {...form.field('#/email')} />
          <BouncedAddresses addresses={[form.values.email]} />
          <RoleSelect disabled={isMyself} {...form.field('#/role')} />
          <Switch
            label={t('settings.users.active')}
            description={t('settings.users.activeHint')}
            disabled={isMyself}
            {...form.checkbox('#/isActive')}
          />
          {!user && (
            <Switch
              label={t('settings.users.invite')}
              description={t('settings.users.inviteHint')}
              {...form.checkbox('#/isInvited')}
            />
          )}
          {isMyself && (
            <Text size="sm" c="dimmed">
              {t('settings.users.own')}
            </Text>
          )}
          <Fieldset legend={t('me.limits')} disabled={isMyself}>
            <MaximumIncreaseFields
              amount={form.field('#/maximumIncrease/amount/amount')}
              amountCurrency={form.field('#/maximumIncrease/amount/currency')}
              percent={form.field('#/maximumIncrease/percent')}
              days={form.field('#/maximumIncrease/days')}
              currency={currency}
              hint={t('settings.users.maximumHint')}
            />
          </Fieldset>
          <Fieldset legend={t('me.limit.credit')} disabled={isMyself}>
            <MaximumLimitFields
              amount={form.field('#/maximumCreditLimit/amount')}
              currency={form.field('#/maximumCreditLimit/currency')}
              hint={t('settings.users.maximumLimitHint')}
            />
          </Fieldset>
          <TextInput
            label={t('common.reason')}
            description={t('settings.users.reasonHint')}
            maxLength={500}
            {...form.field('#/reason')}
          />
        </Stack>
        <FormActions
          form={form}
          blocked={right.reason}
          onCancel={onClose}
          save={user ? t('common.save') : t('settings.users.create')}
          nameOf={fieldName}
        />
      </form>
      {user && etag && <UserActions user={user} etag={etag} isMyself={isMyself} onDone={onClose} />}
    </Stack>
  );
}

const names: Readonly<Record<string, Key>> = {
  name: 'common.name',
  email: 'common.email',
  role: 'settings.users.role',
  isActive: 'settings.users.active',
  isInvited: 'settings.users.invite',
  reason: 'common.reason',
  maximumIncrease: 'me.limits',
  maximumCreditLimit: 'me.limit.credit',
  amount: 'me.limit.amount',
  currency: 'form.currency',
  percent: 'me.limit.percent',
  days: 'me.limit.days',
};

/** `maximumIncrease.days` in the words of the form. */
function fieldName(path: string): string {
  return path
    .split('.')
    .map((part) => (names[part] ? t(names[part]) : part))
    .join(' · ');
}

function save(user: User | null, body: ReturnType<typeof bodyOf>, etag: string | null): Promise<User> {
  if (!user) return unwrap(api.POST('/v1/users', { body }));
  const params = { path: { id: user.id }, header: { 'If-Match': etag ?? '' } };
  return unwrap(api.PATCH('/v1/users/{id}', { params, body }));
}

type RoleSelectProps = Omit<React.ComponentProps<typeof Select>, 'data' | 'label'>;

/** Roles with what they are for; those that may do more than oneself cannot be given. */
function RoleSelect(props: RoleSelectProps) {
  const { data } = useQuery({
    queryKey: keys.list('roles', null),
    queryFn: ({ signal }) => unwrap(api.GET('/v1/roles', { signal })),
    staleTime: Infinity,
  });
  const assignable = new Set(data?.data.filter((role) => role.assignable).map(({ role }) => role));
  return (
    <Select
      {...props}
      label={t('settings.users.role')}
      description={t(`settings.role.${userRoles.find((role) => role === props.value) ?? 'viewer'}`)}
      allowDeselect={false}
      data={userRoles.map((value) => ({
        value,
        label: t(`session.role.${value}`),
        disabled: data !== undefined && !assignable.has(value),
      }))}
    />
  );
}
