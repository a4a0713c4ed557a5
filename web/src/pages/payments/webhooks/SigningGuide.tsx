import { Anchor, List, Paper, Stack, Text, Title } from '@mantine/core';
import { rich } from '../../../i18n/rich';
import { t } from '../../../i18n/t';
import { CodeBlock } from '../../../ui/code/CodeBlock';
import { paymentExample, signingExample } from '../../../ui/code/request-examples';

/** How a payment system signs what it posts, with an example to run. */
export function SigningGuide() {
  const standard = (
    <Anchor size="sm" underline="always" href="https://www.standardwebhooks.com" target="_blank" rel="noreferrer">
      Standard Webhooks
    </Anchor>
  );
  return (
    <Paper component="section" withBorder p="md" maw={900} aria-labelledby="developers-signing">
      <Stack gap="sm">
        <Title order={2} size="h5" id="developers-signing">
          {t('developers.signing.title')}
        </Title>
        <Text size="sm">{rich('developers.signing.text', { standard })}</Text>
        <List size="sm" spacing={4}>
          <List.Item>{t('developers.signing.headers')}</List.Item>
          <List.Item>{t('developers.signing.time')}</List.Item>
          <List.Item>{t('developers.signing.twice')}</List.Item>
        </List>
        <Title order={3} size="h6">
          {t('developers.signing.event')}
        </Title>
        <CodeBlock text={paymentExample} label={t('developers.signing.event')} />
        <Title order={3} size="h6">
          {t('developers.signing.example')}
        </Title>
        <CodeBlock text={signingExample(location.origin)} label={t('developers.signing.example')} />
      </Stack>
    </Paper>
  );
}
