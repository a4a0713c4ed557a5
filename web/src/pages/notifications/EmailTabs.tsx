import { Button, Code, Group, Skeleton, Tabs } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { t } from '../../i18n/t';
import { FailedState } from '../../ui/FailedState';
import { AttemptsTable, type DeliveryProps } from './AttemptsTable';
import { EmailFrame } from '../../ui/mail/EmailFrame';
import classes from './notifications.module.css';
import { partQuery, type EmailPart } from './queries';
import { ValuesTable } from './ValuesTable';

const tabs = ['mail', 'text', 'headers', 'attempts', 'values'] as const;
type Tab = (typeof tabs)[number];
/** A message to a channel has neither HTML nor headers. */
const channelTabs: readonly Tab[] = ['text', 'attempts', 'values'];

/** The message to one recipient as it was sent, in all its forms, and its attempts. */
export function EmailTabs({ mail, delivery }: DeliveryProps): ReactNode {
  const shown = delivery.channel ? channelTabs : tabs;
  const [chosen, setTab] = useState<Tab>('mail');
  const tab = shown.includes(chosen) ? chosen : 'text';
  return (
    <Tabs value={tab} onChange={(next) => setTab(tabs.find((known) => known === next) ?? 'mail')} keepMounted={false}>
      <Group justify="space-between" gap="xs" mb="sm">
        <Tabs.List>
          {shown.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {name === 'attempts'
                ? t('notifications.tab.attempts', { count: delivery.attempts })
                : t(`notifications.tab.${name}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {!delivery.channel && (
          <Button
            component="a"
            href={delivery.rendered.eml}
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
        <Part mail={mail} delivery={delivery} part="html">
          {(html) => <EmailFrame html={html} title={delivery.subject} />}
        </Part>
      </Tabs.Panel>
      <Tabs.Panel value="text">
        <Part mail={mail} delivery={delivery} part="txt">
          {(text) => <Plain>{text}</Plain>}
        </Part>
      </Tabs.Panel>
      <Tabs.Panel value="headers">
        <Part mail={mail} delivery={delivery} part="eml">
          {(eml) => <Plain>{headersOf(eml)}</Plain>}
        </Part>
      </Tabs.Panel>
      <Tabs.Panel value="attempts">
        <AttemptsTable mail={mail} delivery={delivery} />
      </Tabs.Panel>
      <Tabs.Panel value="values">
        <ValuesTable variables={mail.variables} />
      </Tabs.Panel>
    </Tabs>
  );
}

interface PartProps extends DeliveryProps {
  readonly part: EmailPart;
  readonly children: (content: string) => ReactNode;
}

function Part({ mail, delivery, part, children }: PartProps): ReactNode {
  const { data, error, refetch } = useQuery(partQuery(mail.id, delivery.id, part));
  if (data !== undefined) return children(data);
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
