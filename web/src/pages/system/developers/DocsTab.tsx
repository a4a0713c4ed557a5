import { Anchor, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { t } from '../../../i18n/t';
import { metaQuery } from '../../../session/meta';
import { CodeBlock } from '../../../ui/code/CodeBlock';
import { paymentRequestExample, requestExample, signalExample, streamExample } from '../../../ui/code/request-examples';

const documents = [
  { name: 'reference', href: '/docs' },
  { name: 'errors', href: '/docs/errors' },
  { name: 'openapi', href: '/openapi.json' },
] as const;

const examples = [
  { name: 'read', text: requestExample },
  { name: 'pay', text: paymentRequestExample },
  { name: 'stream', text: streamExample },
  { name: 'signal', text: () => signalExample },
] as const;

/** Where the documents are, and examples of what is asked most. */
export function DocsTab() {
  const { data: meta } = useQuery(metaQuery);
  return (
    <Stack gap="lg">
      <SimpleGrid cols={{ base: 1, sm: 2, lg: 4 }}>
        {documents.map(({ name, href }) => (
          <Document
            key={name}
            href={href}
            title={t(`developers.docs.${name}`)}
            text={t(`developers.docs.${name}.text`)}
          />
        ))}
        {meta?.temporalUi && (
          <Document href={meta.temporalUi} title="Temporal" text={t('developers.docs.temporal.text')} />
        )}
      </SimpleGrid>
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="lg">
        {examples.map(({ name, text }) => {
          const title = t(`developers.example.${name}`);
          return (
            <section key={name} style={{ minWidth: 0 }}>
              <Title order={2} size="h6" mb={6}>
                {title}
              </Title>
              <CodeBlock text={text(location.origin)} label={title} />
            </section>
          );
        })}
      </SimpleGrid>
    </Stack>
  );
}

function Document({ href, title, text }: { readonly href: string; readonly title: string; readonly text: string }) {
  return (
    <Paper withBorder p="md">
      <Anchor href={href} target="_blank" rel="noreferrer" fw={600} size="sm">
        {title}
      </Anchor>
      <Text size="sm" c="dimmed" mt={4}>
        {text}
      </Text>
    </Paper>
  );
}
