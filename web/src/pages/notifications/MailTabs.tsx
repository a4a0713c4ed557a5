import { Button, Code, Group, Skeleton, Tabs } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { isApiError } from '../../api/problems';
import { t } from '../../i18n/t';
import { EmptyState } from '../../ui/EmptyState';
import { FailedState } from '../../ui/FailedState';
import { AttemptsTable } from './AttemptsTable';
import { MailFrame } from './MailFrame';
import classes from './notifications.module.css';
import { partQuery, type MailDetail, type MailPart } from './queries';
import { ValuesTable } from './ValuesTable';

const tabs = ['mail', 'text', 'headers', 'attempts', 'values'] as const;
type Tab = (typeof tabs)[number];

/** The mail as it was sent, in all its forms, and how it was handed over. */
export function MailTabs({ mail }: { readonly mail: MailDetail }): ReactNode {
  const [tab, setTab] = useState<Tab>('mail');
  return (
    <Tabs value={tab} onChange={(next) => setTab(tabs.find((known) => known === next) ?? 'mail')} keepMounted={false}>
      <Group justify="space-between" gap="xs" mb="sm">
        <Tabs.List>
          {tabs.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {name === 'attempts'
                ? t('notifications.tab.attempts', { count: mail.attempts })
                : t(`notifications.tab.${name}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {mail.subject !== null && (
          <Button
            component="a"
            href={mail.rendered.eml}
            download
            variant="default"
            size="xs"
            leftSection={<IconDownload size={14} aria-hidden />}
          >
            {t('notifications.download')}
          </Button>
        )}
      </Group>
      <Tabs.Panel value="mail">
        <Part id={mail.id} part="html">
          {(html) => <MailFrame html={html} title={mail.subject ?? t('notifications.noSubject')} />}
        </Part>
      </Tabs.Panel>
      <Tabs.Panel value="text">
        <Part id={mail.id} part="txt">
          {(text) => <Plain>{text}</Plain>}
        </Part>
      </Tabs.Panel>
      <Tabs.Panel value="headers">
        <Part id={mail.id} part="eml">
          {(eml) => <Plain>{headersOf(eml)}</Plain>}
        </Part>
      </Tabs.Panel>
      <Tabs.Panel value="attempts">
        <AttemptsTable mail={mail} />
      </Tabs.Panel>
      <Tabs.Panel value="values">
        <ValuesTable variables={mail.variables} />
      </Tabs.Panel>
    </Tabs>
  );
}

interface PartProps {
  readonly id: string;
  readonly part: MailPart;
  readonly children: (content: string) => ReactNode;
}

function Part({ id, part, children }: PartProps): ReactNode {
  const { data, error, refetch } = useQuery(partQuery(id, part));
  if (data !== undefined) return children(data);
  if (isApiError(error) && error.status === 404) {
    return <EmptyState title={t('notifications.notWritten')} text={t('notifications.notWritten.text')} />;
  }
  if (error) return <FailedState error={error} onRetry={() => void refetch()} />;
  return <Skeleton h={420} />;
}

function Plain({ children }: { readonly children: string }): ReactNode {
  return (
    <Code block tabIndex={0} className={classes['plain'] ?? ''}>
      {children}
    </Code>
  );
}

/** Everything before the first empty line (RFC 5322). */
const headersOf = (eml: string): string => eml.split(/\r?\n\r?\n/, 1)[0] ?? '';
