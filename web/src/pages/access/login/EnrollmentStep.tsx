import { Button, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, unwrap } from '../../../api/client';
import type { Session } from '../../../api/types';
import { t } from '../../../i18n/t';
import { AppSetup } from '../../../ui/login/AppSetup';
import { LoginProblem } from '../../../ui/login/LoginProblem';
import { RecoveryCodes } from '../../../ui/login/RecoveryCodes';
import type { SecondStepProps } from './CodeStep';

/** The role needs an authenticator app and the user has none: it is set up before anything else. */
export function EnrollmentStep({ challenge, onDone, onAgain }: SecondStepProps) {
  const [done, setDone] = useState<{ readonly session: Session; readonly recoveryCodes: readonly string[] } | null>(
    null,
  );
  const { data: app, error } = useQuery({
    queryKey: ['enrollment', challenge],
    queryFn: () => unwrap(api.POST('/v1/session/enrollment', { body: { challenge } })),
    // Each answer is another secret: the one on the screen must stay.
    staleTime: Infinity,
    gcTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  if (done) {
    return (
      <Stack gap="md">
        <Title order={1} size="h4">
          {t('account.recovery.title')}
        </Title>
        <RecoveryCodes codes={done.recoveryCodes} onSaved={() => onDone(done.session)} />
      </Stack>
    );
  }
  return (
    <Stack gap="md">
      <Title order={1} size="h4">
        {t('account.setup.title')}
      </Title>
      <Text size="sm">{t('account.setup.required')}</Text>
      <LoginProblem fault={error} />
      {!app && !error && <Skeleton h={360} />}
      {app && (
        <AppSetup
          app={app}
          onCode={async (code) => {
            setDone(await unwrap(api.POST('/v1/session/enrollment/confirm', { body: { challenge, code } })));
          }}
        />
      )}
      <Button variant="subtle" onClick={onAgain}>
        {t('account.step.again')}
      </Button>
    </Stack>
  );
}
