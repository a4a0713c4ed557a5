import { Anchor, Group, Skeleton, Stack, Table, Text, VisuallyHidden } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { t } from '../../i18n/t';
import { rich } from '../../i18n/rich';
import { ActionButton } from '../../session/ActionButton';
import { useNow } from '../../ui/text/clock';
import { EmptyState } from '../../ui/EmptyState';
import { FailedState } from '../../ui/FailedState';
import { Money } from '../../ui/text/Money';
import { RecipientList } from '../../ui/RecipientList';
import { Time } from '../../ui/text/Time';
import { ToneBadge } from '../../ui/badges/ToneBadge';
import { ReasonBadge, ReasonSentence, type ReasonFacts } from '../../ui/badges/Reason';
import classes from './client.module.css';
import type { Dialog } from './dialogs/ClientDialogs';
import { Panel } from './Panel';
import { explainQuery, type Client, type ExplainedRule, type Explanation } from './queries';
import { ruleName } from '../../ui/text/rule-label';

interface RulesCardProps {
  readonly client: Client;
  readonly onDialog: (dialog: Dialog) => void;
}

/** Every rule with its counter, and why it did or did not notify. */
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
        {!data && !error && <Skeleton h={160} />}
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
        {data && data.rules.length > 0 && <RulesTable client={client} explanation={data} onDialog={onDialog} />}
      </Panel>
    </div>
  );
}

interface RulesTableProps extends RulesCardProps {
  readonly explanation: Explanation;
}

function RulesTable({ client, explanation, onDialog }: RulesTableProps) {
  return (
    <Table.ScrollContainer minWidth={280}>
      <Table className={classes['stacked']} fz="sm" verticalSpacing={8} styles={{ td: { verticalAlign: 'top' } }}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th miw={160}>{t('client.rules.rule')}</Table.Th>
            <Table.Th miw={200}>{t('client.rules.recipients')}</Table.Th>
            <Table.Th ta="right" miw={64}>
              {t('client.rules.count')}
            </Table.Th>
            <Table.Th miw={92}>{t('client.rules.lastSent')}</Table.Th>
            <Table.Th miw={92}>{t('client.rules.next')}</Table.Th>
            <Table.Th miw={240}>{t('client.rules.why')}</Table.Th>
            <Table.Th>
              <VisuallyHidden>{t('common.actions')}</VisuallyHidden>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {explanation.rules.map((rule) => (
            <RuleRow key={rule.key} client={client} rule={rule} explanation={explanation} onDialog={onDialog} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

interface RuleRowProps extends RulesTableProps {
  readonly rule: ExplainedRule;
}

function RuleRow({ client, rule, explanation, onDialog }: RuleRowProps) {
  const zone = client.timezone;
  const isCounted = rule.count > 0;
  const gone = client.status === 'deleted' ? t('client.headline.deleted') : null;
  return (
    <Table.Tr>
      <Table.Td>
        <Group gap={6}>
          <Text size="sm" fw={500}>
            {ruleName(rule.key)}
          </Text>
          {rule.low && <ToneBadge tone="amber">{t('client.rules.low')}</ToneBadge>}
        </Group>
        <Text size="xs" c="dimmed" component="div">
          <ThresholdText rule={rule} />
        </Text>
        {rule.inactivityDays !== null && (
          <Text size="xs" c="dimmed" component="div">
            {t('client.rules.inactivity', { n: rule.inactivityDays })}
          </Text>
        )}
      </Table.Td>
      <Table.Td data-label={t('client.rules.recipients')}>
        <Recipients rule={rule} />
      </Table.Td>
      <Table.Td
        ta="right"
        data-label={t('client.rules.count')}
        style={{ whiteSpace: 'nowrap', fontVariantNumeric: 'tabular-nums' }}
      >
        {rule.maxNotifications === null
          ? t('client.rules.countOpen', { sent: rule.count })
          : t('client.rules.countOf', { sent: rule.count, max: rule.maxNotifications })}
      </Table.Td>
      <Table.Td data-label={t('client.rules.lastSent')}>
        <Time at={rule.lastNotifiedAt} format="short" clientZone={zone} />
      </Table.Td>
      <Table.Td data-label={t('client.rules.next')}>
        <NextPossible rule={rule} zone={zone} isGone={gone !== null} />
      </Table.Td>
      <Table.Td data-label={t('client.rules.why')}>
        <ReasonCell rule={rule} explanation={explanation} />
      </Table.Td>
      <Table.Td ta="right">
        <Group gap={4} wrap="nowrap">
          <ActionButton
            operation="resetRule"
            size="compact-sm"
            variant="default"
            blocked={gone ?? (isCounted ? null : t('client.reset.nothing'))}
            onClick={() => onDialog({ kind: 'reset', rule: rule.key, count: rule.count })}
          >
            {t('client.reset')}
          </ActionButton>
          <ActionButton
            operation="silenceMonitor"
            size="compact-sm"
            variant="default"
            blocked={gone}
            onClick={() => onDialog({ kind: rule.silencedUntil === null ? 'silence' : 'unsilence', rule: rule.key })}
          >
            {t(rule.silencedUntil === null ? 'client.silence.short' : 'client.unsilence.short')}
          </ActionButton>
        </Group>
      </Table.Td>
    </Table.Tr>
  );
}

/** A rule without a threshold needs no recipients. */
function Recipients({ rule }: { readonly rule: ExplainedRule }): ReactNode {
  if (rule.threshold === null && rule.resolvedRecipients.length === 0) {
    return (
      <Text span size="sm" c="dimmed">
        {t('common.none')}
      </Text>
    );
  }
  return (
    <RecipientList
      recipients={rule.resolvedRecipients
        .filter(({ repeated }) => !repeated)
        .map(({ email, role, name }) => ({
          address: email,
          from: name === null ? t(`client.role.${role}`) : `${t(`client.role.${role}`)} · ${name}`,
        }))}
    />
  );
}

/** What comparison it makes: `available < 50.00 USD`. */
function ThresholdText({ rule }: { readonly rule: Pick<ExplainedRule, 'threshold'> }): ReactNode {
  const { threshold } = rule;
  if (threshold === null) return t('client.rules.off');
  const value =
    threshold.percent === null ? (
      <Money value={{ amount: threshold.value ?? '0', currency: threshold.currency }} />
    ) : (
      `${threshold.percent}%`
    );
  return rich(`client.comparison.${threshold.comparison}`, { value });
}

interface NextPossibleProps {
  readonly rule: ExplainedRule;
  readonly zone: string;
  readonly isGone: boolean;
}

function NextPossible({ rule, zone, isGone }: NextPossibleProps): ReactNode {
  const isDue = Date.parse(rule.nextPossibleAt ?? '') <= useNow(60_000);
  if (rule.nextPossibleAt === null || isGone || rule.reasonNow === 'paused') {
    return (
      <Text span size="sm" c="dimmed">
        {t('client.rules.notNow')}
      </Text>
    );
  }
  if (isDue) return t('client.rules.anyTime');
  return <Time at={rule.nextPossibleAt} format="short" clientZone={zone} />;
}

function ReasonCell({ rule, explanation }: { readonly rule: ExplainedRule; readonly explanation: Explanation }) {
  const { lastReason, reasonNow } = rule;
  if (lastReason === null) {
    return (
      <Text size="sm" c="dimmed">
        {t('client.rules.unchecked')}
      </Text>
    );
  }
  const facts = factsOf(rule, explanation);
  return (
    <Stack gap={4}>
      <ReasonBadge reason={lastReason} facts={facts} />
      <Text size="xs" component="div">
        <ReasonSentence reason={lastReason} facts={facts} />
      </Text>
      {reasonNow !== null && reasonNow !== lastReason && (
        <Group gap={6}>
          <Text size="xs" c="dimmed">
            {t('client.rules.reasonNow')}
          </Text>
          <ReasonBadge reason={reasonNow} facts={facts} />
        </Group>
      )}
    </Stack>
  );
}

function factsOf(rule: ExplainedRule, explanation: Explanation): ReasonFacts {
  const { threshold } = rule;
  const isComparable = threshold?.currency === explanation.currency && threshold.comparison === 'below';
  return {
    available: isComparable ? explanation.available : null,
    threshold: threshold?.value ?? null,
    currency: threshold?.currency ?? null,
    sent: rule.count,
    max: rule.maxNotifications,
    nextAt: nextAt(rule, explanation),
    inactivityDays: rule.inactivityDays,
  };
}

/** A rule that waits for a check waits for the scheduled one, also while the monitor does not respond. */
function nextAt(rule: ExplainedRule, { nextCheckAt }: Explanation): string | null {
  if (rule.lastReason === 'waiting_for_check') return rule.nextPossibleAt ?? nextCheckAt;
  return rule.silencedUntil ?? rule.nextPossibleAt;
}
