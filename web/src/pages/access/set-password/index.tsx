import { Alert, Anchor, Button, Skeleton, Stack, Title } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import { api, unwrap } from '../../../api/client';
import { keys } from '../../../api/keys';
import { isApiError, problemTitle } from '../../../api/problems';
import { t } from '../../../i18n/t';
import { LoginFrame } from '../../../ui/login/LoginFrame';
import { PasswordForm } from './PasswordForm';

/** Where the links of invitations and forgotten passwords lead. The token follows `#`: it reaches no server's log. */
export default function SetPasswordPage() {
  const [token] = useState(() => location.hash.slice(1));
  const [isDone, setDone] = useState(false);
  const link = useQuery({
    queryKey: keys.accountLink(token),
    queryFn: () => unwrap(api.POST('/v1/account-links/read', { body: { token } })),
    enabled: token !== '',
    staleTime: Infinity,
    gcTime: 0,
    retry: false,
  });
  const title = link.data?.kind === 'user_invitation' ? t('account.invited.title') : t('account.set.title');
  return (
    <LoginFrame title={title}>
      <Stack gap="md">
        <Title order={1} size="h4" id="set-password-title">
          {title}
        </Title>
        {isDone && <Done />}
        {!isDone && token !== '' && link.isPending && <Skeleton h={180} />}
        {!isDone && (token === '' || link.error) && <Broken error={link.error} />}
        {!isDone && link.data && <PasswordForm token={token} link={link.data} onDone={() => setDone(true)} />}
      </Stack>
    </LoginFrame>
  );
}

function Done(): ReactNode {
  return (
    <>
      <Alert role="status" variant="light" color="green" icon={<IconCircleCheck aria-hidden />}>
        {t('account.set.done')}
      </Alert>
      <Button component={Link} to="/login" fullWidth autoFocus>
        {t('session.logIn')}
      </Button>
    </>
  );
}

/** A link that works no more says what to do instead. */
function Broken({ error }: { readonly error: unknown }): ReactNode {
  const wasInvitation = isApiError(error) && /invitation/.test(error.detail);
  return (
    <>
      <Alert role="alert" variant="light" color="orange" icon={<IconAlertTriangle aria-hidden />}>
        {error === null ? t('problems.link_unknown') : problemTitle(error)}{' '}
        {t(wasInvitation ? 'account.link.askAgain' : 'account.link.requestAgain')}
      </Alert>
      {!wasInvitation && (
        <Button component={Link} to="/forgot-password" variant="default" fullWidth>
          {t('account.forgot.send')}
        </Button>
      )}
      <Anchor component={Link} to="/login" size="sm" underline="always">
        {t('account.toLogin')}
      </Anchor>
    </>
  );
}
