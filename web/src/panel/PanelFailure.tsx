import { Anchor, Center, Stack, Text, Title } from '@mantine/core';
import { Link } from 'react-router';
import { t } from '../i18n/t';

/** An address that the panel does not have, or a defect of it. */
export function PanelFailure() {
  return (
    <Center component="main" mih="100dvh" p="md">
      <Stack align="center">
        <Title order={1} size="h4">
          {t('panel.failure')}
        </Title>
        <Text size="sm">{t('panel.failureText')}</Text>
        <Anchor component={Link} to="/" underline="always">
          {t('panel.toOverview')}
        </Anchor>
      </Stack>
    </Center>
  );
}
