import { Anchor } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Navigate, useSearchParams } from 'react-router';
import type { LoginChallenge } from '../../../api/types';
import { t } from '../../../i18n/t';
import { returnPath } from '../../../session/return-path';
import { beginSession, sessionQuery } from '../../../session/session';
import { LoginFrame } from '../../../ui/login/LoginFrame';
import { CodeStep } from './CodeStep';
import { EnrollmentStep } from './EnrollmentStep';
import { PasswordStep } from './PasswordStep';

/** The password first; then, where the user has an authenticator app or the role needs one, the second step. */
export default function LoginPage() {
  const queries = useQueryClient();
  const [parameters] = useSearchParams();
  const { data: session } = useQuery(sessionQuery);
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
      {challenge === null && <PasswordStep isEnded={parameters.has('next')} onChallenge={setChallenge} />}
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
