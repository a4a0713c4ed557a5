import { Alert, Anchor, Button, Skeleton, Stack, Text } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { api, unwrap } from '../../api/client';
import { t } from '../../i18n/t';
import { LoginProblem } from '../../ui/login/LoginProblem';
import { PanelFacts } from '../PanelFacts';
import { BrokenLink } from './BrokenLink';
import { panelLinkQuery } from './link-query';
import { PanelLoginFrame } from './PanelLoginFrame';

/** Where the links that confirm a new billing email lead. Opening the page changes nothing: mail scanners open links too. */
export function ConfirmEmailPage() {
  const [token] = useState(() => location.hash.slice(1));
  const link = useQuery(panelLinkQuery(token));
  const confirm = useMutation({
    mutationFn: () => unwrap(api.POST('/v1/panel/billing-email-confirmations', { body: { token } })),
  });
  const change = link.data?.emailChange ?? null;
  const isOpen = confirm.data === undefined;
  return (
    <PanelLoginFrame title={t('panel.confirmEmail')}>
      {confirm.data && (
        <Alert role="status" variant="light" color="green" icon={<IconCircleCheck aria-hidden />}>
          {t(confirm.data.applied ? 'panel.emailApplied' : 'panel.emailConfirmed')}
        </Alert>
      )}
      {isOpen && token !== '' && link.isPending && <Skeleton h={120} />}
      {isOpen && (token === '' || link.error || (link.data && !change)) && <BrokenLink error={link.error} />}
      {isOpen && link.data && change && (
        <Stack gap="md">
          <Text size="sm">{t('panel.confirmEmailFor', { name: link.data.clientName })}</Text>
          <PanelFacts
            facts={[
              [t('panel.oldEmail'), change.oldEmail ?? t('common.none')],
              [t('panel.newEmail'), change.newEmail],
            ]}
          />
          <LoginProblem fault={confirm.error} />
          <Button loading={confirm.isPending} onClick={() => confirm.mutate()} fullWidth>
            {t('panel.confirmEmail')}
          </Button>
        </Stack>
      )}
      <Anchor component={Link} to="/login" size="sm" underline="always">
        {t('panel.toLogin')}
      </Anchor>
    </PanelLoginFrame>
  );
}
