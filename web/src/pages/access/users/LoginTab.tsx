import { Button, Checkbox, Group, Paper, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, unwrap, unwrapVersioned, type Versioned } from '../../../api/client';
import { keys } from '../../../api/keys';
import type { LoginSettings, UserRole } from '../../../api/types';
import { t } from '../../../i18n/t';
import { ActionButton } from '../../../session/ActionButton';
import { useRight } from '../../../session/rights';
import { FailedState } from '../../../ui/FailedState';
import { toastDone, toastFailure } from '../../../ui/toast';
import { userRoles } from './users-list';

/** Which roles need a second factor, for the whole installation. */
export function LoginTab() {
  const { data, error, refetch } = useQuery({
    queryKey: keys.loginSettings,
    queryFn: ({ signal }) => unwrapVersioned(api.GET('/v1/login-settings', { signal })),
  });
  if (error) return <FailedState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton h={320} maw={640} />;
  return <RolesForm key={data.etag} settings={data} />;
}

function RolesForm({ settings: { value, etag } }: { readonly settings: Versioned<LoginSettings> }) {
  const queries = useQueryClient();
  const right = useRight('replaceLoginSettings');
  const [chosen, setChosen] = useState<readonly string[]>(value.secondFactorRoles);
  const refresh = (): Promise<void> => queries.invalidateQueries({ queryKey: keys.loginSettings });
  const save = useMutation({
    mutationFn: () => {
      const secondFactorRoles = userRoles.filter((role) => chosen.includes(role));
      const params = { header: { 'If-Match': etag } };
      return unwrap(api.PUT('/v1/login-settings', { params, body: { secondFactorRoles } }));
    },
    async onSuccess() {
      toastDone(t('settings.login.saved'));
      await refresh();
      await queries.invalidateQueries({ queryKey: keys.mySecondFactor });
    },
    onError: toastFailure,
  });
  const isSame = sameRoles(chosen, value.secondFactorRoles);
  return (
    <Paper component="section" withBorder p="md" maw={640}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <Stack gap="md">
          <Title order={2} size="h5" id="second-factor-roles">
            {t('settings.login.title')}
          </Title>
          <Text size="sm" c="dimmed">
            {t('settings.login.text')}
          </Text>
          <Checkbox.Group value={[...chosen]} onChange={setChosen} aria-labelledby="second-factor-roles">
            <Stack gap="xs">
              {userRoles.map((role) => (
                <Checkbox
                  key={role}
                  value={role}
                  label={t(`session.role.${role}`)}
                  description={t(`settings.role.${role}`)}
                  disabled={!right.allowed}
                />
              ))}
            </Stack>
          </Checkbox.Group>
          <Group justify="flex-end">
            {save.isError && (
              <Button variant="subtle" onClick={() => void refresh()}>
                {t('settings.login.reload')}
              </Button>
            )}
            <ActionButton
              operation="replaceLoginSettings"
              type="submit"
              loading={save.isPending}
              blocked={isSame ? t('settings.login.unchanged') : null}
            >
              {t('common.save')}
            </ActionButton>
          </Group>
        </Stack>
      </form>
    </Paper>
  );
}

function sameRoles(some: readonly string[], others: readonly UserRole[]): boolean {
  return some.length === others.length && others.every((role) => some.includes(role));
}
