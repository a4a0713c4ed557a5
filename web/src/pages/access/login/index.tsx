import { Anchor, Stack, Title } from '@mantine/core';
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Navigate, useSearchParams } from 'react-router';
import { api, unwrap } from '../../../api/client';
import { keys } from '../../../api/keys';
import type { LoginChallenge } from '../../../api/types';
import { t } from '../../../i18n/t';
import { returnPath } from '../../../session/return-path';
import { beginSession, sessionQuery } from '../../../session/session';
import { LoginFrame } from '../../../ui/login/LoginFrame';
import { CodeStep } from './CodeStep';
import { EnrollmentStep } from './EnrollmentStep';
import { PasswordStep } from './PasswordStep';
import { SingleSignOn } from './SingleSignOn';

const methodsQuery = queryOptions({
  queryKey: keys.loginMethods,
  queryFn: () => unwrap(api.GET('/v1/login-methods')),
  staleTime: Infinity,
});

/** The password first; then, where the user has an authenticator app or the role needs one, the second step. */
export default function LoginPage() {
  const queries = useQueryClient();
  const [parameters] = useSearchParams();
  const { data: session } = useQuery(sessionQuery);
  const { data: methods } = useQuery(methodsQuery);
  const [challenge, setChallenge] = useState<LoginChallenge | null>(null);
  if (session) return <Navigate to={returnPath(parameters.get('next'))} replace />;
  const again = (): void => setChallenge(null);
  const footer = (
    <>
      {t('session.firstStart')}{' '}
      <Anchor href="/docs" inherit underline="always">
        {t('common.docs')}
      </Anchor>
    </>
  );
  return (
    <LoginFrame title={t('session.title')} footer={challenge === null && footer}>
      {challenge === null && (
        <Stack gap="md">
          {methods?.password === false ? (
            <Title order={1} size="h4">
              {t('session.title')}
            </Title>
          ) : (
            <PasswordStep isEnded={parameters.has('next')} onChallenge={setChallenge} />
          )}
          {methods?.singleSignOn && (
            <SingleSignOn name={methods.singleSignOn.name} next={parameters.get('next')} isSecond={methods.password} />
          )}
        </Stack>
      )}
      {challenge?.step === 'code' && (
        <CodeStep challenge={challenge.challenge} onDone={(done) => beginSession(queries, done)} onAgain={again} />
      )}
      {challenge?.step === 'enrollment' && (
        <EnrollmentStep
          challenge={challenge.challenge}
          onDone={(done) => beginSession(queries, done)}
          onAgain={again}
        />
      )}
    </LoginFrame>
  );
}
