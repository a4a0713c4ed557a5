import { Accordion, Group, Skeleton, Stack, Text, Title } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api, unwrap } from '../../../api/client';
import { t } from '../../../i18n/t';
import { ActionButton } from '../../../session/ActionButton';
import { ToneBadge } from '../../../ui/badges/ToneBadge';
import { EmptyState } from '../../../ui/EmptyState';
import { FailedState } from '../../../ui/FailedState';
import { Time } from '../../../ui/text/Time';
import { toastDone } from '../../../ui/toast';
import {
  useRefreshMailTemplates,
  versionsQuery,
  type MailTemplate,
  type Parts,
  type TemplateVersion,
} from '../queries';
import classes from './editor.module.css';
import { diffLines } from './line-diff';

interface VersionsTabProps {
  readonly template: MailTemplate;
  readonly etag: string;
  readonly onRestored: () => void;
}

/** What was published, each with its difference from what is published now. */
export function VersionsTab({ template, etag, onRestored }: VersionsTabProps): ReactNode {
  const refresh = useRefreshMailTemplates();
  const { data, error, refetch } = useQuery(versionsQuery(template.id));
  if (error) return <FailedState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton h={200} />;
  if (data.data.length === 0) {
    return <EmptyState icon={IconHistory} title={t('emails.noVersions')} text={t('emails.noVersionsText')} />;
  }
  const restore = async (number: number): Promise<void> => {
    const params = { path: { id: template.id }, header: { 'If-Match': etag } };
    await unwrap(api.POST('/v1/mail-templates/{id}/restore', { params, body: { number } }));
    toastDone(t('emails.restored', { number }));
    await refresh();
    onRestored();
  };
  return (
    <Accordion variant="separated" keepMounted={false}>
      {data.data.map((version) => (
        <Accordion.Item key={version.number} value={String(version.number)}>
          <Accordion.Control>
            <Group gap="sm">
              <Text size="sm" fw={600}>
                {t('emails.version', { number: version.number })}
              </Text>
              <Text size="sm" c="dimmed" component="span">
                <Time at={version.publishedAt} />
              </Text>
              <Text size="sm" c="dimmed">
                {version.publishedBy}
              </Text>
              {version.number === template.published && <ToneBadge tone="green">{t('emails.current')}</ToneBadge>}
            </Group>
          </Accordion.Control>
          <Accordion.Panel>
            <Difference version={version} current={template} />
            {version.number !== template.published && (
              <ActionButton
                operation="restoreMailTemplateVersion"
                isInRow
                mt="sm"
                size="xs"
                variant="default"
                onClick={() => void restore(version.number)}
              >
                {t('emails.restore')}
              </ActionButton>
            )}
          </Accordion.Panel>
        </Accordion.Item>
      ))}
    </Accordion>
  );
}

const parts = ['subject', 'html', 'text'] as const;

function Difference({ version, current }: { readonly version: TemplateVersion; readonly current: Parts }): ReactNode {
  const changed = parts.filter((part) => version[part] !== current[part]);
  if (changed.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t('emails.noDifference')}
      </Text>
    );
  }
  return (
    <Stack gap="sm">
      <Text size="sm">{t('emails.compare')}</Text>
      {changed.map((part) => (
        <div key={part}>
          <Title order={3} size="h6">
            {t(`emails.${part}`)}
          </Title>
          {diffLines(current[part], version[part]).map((line, index) =>
            line.change === 'same' ? null : (
              // Lines have no identity but their place.
              <span key={index} className={classes['line']} data-change={line.change}>
                <span aria-label={t(`emails.${line.change}`)}>{line.change === 'added' ? '+ ' : '− '}</span>
                {line.text}
              </span>
            ),
          )}
        </div>
      ))}
    </Stack>
  );
}
