import { Alert, Code, Paper, SegmentedControl, Stack, Text, Title } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { t } from '../../../i18n/t';
import { FailedState } from '../../../ui/FailedState';
import { EmailFrame } from '../../../ui/mail/EmailFrame';
import type { Preview } from '../queries';

const formats = ['html', 'text'] as const;

interface PreviewPanelProps {
  /** null: nothing is rendered yet */
  readonly preview: Preview | null;
  readonly error: unknown;
}

/** The email that a template gives, in both formats; while it has errors, there is none. */
export function PreviewPanel({ preview, error }: PreviewPanelProps): ReactNode {
  const [format, setFormat] = useState<(typeof formats)[number]>('html');
  return (
    <Paper withBorder p="md" component="section" aria-label={t('emails.preview')}>
      <Title order={2} size="h5" mb="xs">
        {t('emails.preview')}
      </Title>
      {error ? <FailedState error={error} /> : null}
      {preview && preview.html !== null && preview.text !== null && (
        <Stack gap="xs">
          {preview.fallback !== null && (
            <Alert color="orange" variant="light">
              {t('emails.fallback', { reason: preview.fallback })}
            </Alert>
          )}
          <Text size="sm" fw={600} style={{ overflowWrap: 'anywhere' }}>
            {preview.subject}
          </Text>
          <SegmentedControl
            size="xs"
            w="fit-content"
            aria-label={t('emails.part')}
            data={formats.map((value) => ({ value, label: t(`emails.${value}`) }))}
            value={format}
            onChange={setFormat}
          />
          {format === 'html' ? (
            <EmailFrame html={preview.html} title={preview.subject ?? ''} />
          ) : (
            <Code block tabIndex={0} style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
              {preview.text}
            </Code>
          )}
        </Stack>
      )}
    </Paper>
  );
}
