import { Alert, Anchor, Button, Skeleton, Stack, Table, Text, VisuallyHidden } from '@mantine/core';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useId, useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import { rich } from '../../../../i18n/rich';
import { t } from '../../../../i18n/t';
import { EmptyState } from '../../../../ui/EmptyState';
import { FailedState } from '../../../../ui/FailedState';
import { intervalTitle } from '../../../../ui/text/interval-text';
import { Money } from '../../../../ui/text/Money';
import { ruleName } from '../../../../ui/text/rule-label';
import { Time } from '../../../../ui/text/Time';
import classes from '../client.module.css';
import stacked from '../../../../ui/cells/stacked.module.css';
import type { Dialog } from '../dialogs/ClientDialogs';
import { Panel } from '../Panel';
import { explainQuery, type Client, type ExplainedRule, type Explanation } from '../queries';
import { isOff, thresholdsOutOfOrder } from './rule-kinds';
import { RuleRow } from './RuleRow';

interface RulesCardProps {
  readonly client: Client;
  readonly onDialog: (dialog: Dialog) => void;
}

/** Every rule: why it did or did not notify, when it can next, and its counter. */
export function RulesCard({ client, onDialog }: RulesCardProps) {
  const { data, error, refetch } = useQuery(explainQuery(client.id));
  const profile = client.profileId !== null && (
    <Anchor component={Link} to={`/profiles/${client.profileId}`} size="sm">
      {t('client.rules.profile', { name: client.profileName ?? client.profileId })}
    </Anchor>
  );
  return (
    <div id="rules">
      <Panel title={t('client.rules')} actions={profile}>
        {error && <FailedState error={error} onRetry={() => void refetch()} />}
        {!data && !error && <Skeleton h={260} />}
        {data?.stale && (
          <Text size="sm" c="dimmed">
            {t('client.rules.stale')}
          </Text>
        )}
        {data?.rules.length === 0 && (
          <EmptyState
            title={t('client.rules.none')}
            text={t('client.rules.none.text')}
            action={
              <Anchor component={Link} to={`/clients/${client.id}/edit`}>
                {t('client.rules.none.action')}
              </Anchor>
            }
          />
        )}
        {data && data.rules.length > 0 && <Rules client={client} explanation={data} onDialog={onDialog} />}
      </Panel>
    </div>
  );
}

interface RulesProps extends RulesCardProps {
  readonly explanation: Explanation;
}

function Rules({ client, explanation, onDialog }: RulesProps) {
  const { rules } = explanation;
  const on = rules.filter((rule) => !isOff(rule));
  return (
    <Stack gap="xs">
      {on.length > 0 && (
        <Table className={stacked['stacked']} fz="sm" verticalSpacing={6} styles={{ td: { verticalAlign: 'top' } }}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('client.rules.rule')}</Table.Th>
              <Table.Th>{t('client.rules.why')}</Table.Th>
              <Table.Th>{t('client.rules.next')}</Table.Th>
              <Table.Th>{t('client.rules.count')}</Table.Th>
              <Table.Th>
                <VisuallyHidden>{t('common.actions')}</VisuallyHidden>
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {on.map((rule) => (
              <RuleRow key={rule.key} client={client} rule={rule} explanation={explanation} onDialog={onDialog} />
            ))}
          </Table.Tbody>
        </Table>
      )}
      <OffRules rules={rules.filter(isOff)} />
      <OrderRemark rules={rules} />
      {client.status !== 'deleted' && <Checked explanation={explanation} zone={client.timezone} />}
    </Stack>
  );
}

/** Rules that are off need no room: what they are is shown when asked. */
function OffRules({ rules }: { readonly rules: readonly ExplainedRule[] }) {
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  if (rules.length === 0) return null;
  return (
    <div>
      <Button
        size="compact-sm"
        variant="subtle"
        color="gray"
        rightSection={isOpen ? <IconChevronUp size={14} aria-hidden /> : <IconChevronDown size={14} aria-hidden />}
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpen(!isOpen)}
      >
        {t('client.rules.offCount', { n: rules.length })}
      </Button>
      <ul id={id} hidden={!isOpen} className={classes['off']}>
        {rules.map((rule) => (
          <li key={rule.key}>
            {ruleName(rule.key)}{' '}
            <Text span size="sm" c="dimmed">
              {t(rule.threshold === null ? 'client.rules.off' : 'client.rules.offNoLimit')}
            </Text>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** A client that is notified before staff is mostly a slip of the profile. */
function OrderRemark({ rules }: { readonly rules: readonly ExplainedRule[] }): ReactNode {
  const found = thresholdsOutOfOrder(rules);
  if (!found) return null;
  const { currency } = found;
  return (
    <Alert variant="light" color="yellow" p="xs">
      {rich('client.rules.clientAboveUser', {
        client: <Money value={{ amount: found.client, currency }} />,
        user: <Money value={{ amount: found.user, currency }} />,
      })}
    </Alert>
  );
}

function Checked({ explanation, zone }: { readonly explanation: Explanation; readonly zone: string }): ReactNode {
  const { lastCheckAt } = explanation;
  return (
    <Text size="xs" c="dimmed" component="div">
      {lastCheckAt === null
        ? t('client.rules.unchecked')
        : rich('client.rules.checked', { time: <Time at={lastCheckAt} show="relative" clientZone={zone} /> })}
      {' · '}
      {intervalText(explanation)}
    </Text>
  );
}

/** `Daily and on balance changes` */
export function intervalText({ checkEverySeconds, trigger }: Explanation): string {
  const interval = intervalTitle(checkEverySeconds * 1000);
  return trigger === 'change' ? t('client.monitor.everyAndChange', { interval }) : interval;
}
