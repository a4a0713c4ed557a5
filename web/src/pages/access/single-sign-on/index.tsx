import { Anchor, Loader, Stack, Text, Title } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Link, Navigate } from 'react-router';
import { api, unwrap } from '../../../api/client';
import { keys } from '../../../api/keys';
import { t } from '../../../i18n/t';
import { returnPath } from '../../../session/return-path';
import { beginSession } from '../../../session/session';
import { takeNextPath } from '../../../session/single-sign-on';
import { LoginFrame } from '../../../ui/login/LoginFrame';
import { LoginProblem } from '../../../ui/login/LoginProblem';

/** Where the OpenID Connect provider sends the browser back. Its query completes the login, once. */
export default function SingleSignOnPage() {
  const queries = useQueryClient();
  const [query] = useState(() => location.search.slice(1));
  const [next] = useState(() => returnPath(takeNextPath()));
  const [isBegun, setBegun] = useState(false);
  const { data: session, error } = useQuery({
    queryKey: keys.openIdLogin(query),
    queryFn: () => unwrap(api.POST('/v1/session/openid/complete', { body: { query } })),
    // The login forgets what was read before it: it must not be asked for again.
    enabled: !isBegun,
    staleTime: Infinity,
    gcTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  // A code works once: the address must not keep it.
  useEffect(() => history.replaceState(history.state, '', location.pathname), []);
  useEffect(() => {
    if (!session) return;
    beginSession(queries, session);
    setBegun(true);
  }, [session, queries]);
  if (isBegun) return <Navigate to={next} replace />;
  return (
    <LoginFrame title={t('session.title')}>
      <Stack gap="md">
        <Title order={1} size="h4">
          {t(error ? 'session.sso.failed' : 'session.sso.completing')}
        </Title>
        {!error && <Loader size="sm" aria-hidden />}
        <LoginProblem fault={error} />
        {error && (
          <>
            <Text size="sm">{t('session.sso.again')}</Text>
            <Anchor component={Link} to="/login" size="sm" underline="always">
              {t('account.toLogin')}
            </Anchor>
          </>
        )}
      </Stack>
    </LoginFrame>
  );
}
