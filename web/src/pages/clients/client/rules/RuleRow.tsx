import { ActionIcon, Group, Menu, Table, Text } from '@mantine/core';
import { IconBellOff, IconBellRinging, IconDots, IconRestore } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { rich } from '../../../../i18n/rich';
import { t } from '../../../../i18n/t';
import { ActionItem } from '../../../../session/ActionItem';
import { useCan } from '../../../../session/rights';
import { ToneBadge } from '../../../../ui/badges/ToneBadge';
import { Money } from '../../../../ui/text/Money';
import { isLowAtThreshold, ruleName } from '../../../../ui/text/rule-label';
import { Time } from '../../../../ui/text/Time';
import type { Dialog } from '../dialogs/ClientDialogs';
import type { Client, ExplainedRule, Explanation } from '../queries';
import { resetPhrase } from '../reset-text';
import { NextNotification } from './NextNotification';
import { RuleReason } from './RuleReason';

interface RuleRowProps {
  readonly client: Client;
  readonly rule: ExplainedRule;
  readonly explanation: Explanation;
  readonly onDialog: (dialog: Dialog) => void;
}

export function RuleRow({ client, rule, explanation, onDialog }: RuleRowProps) {
  const zone = client.timezone;
  const isGone = client.status === 'deleted';
  return (
    <Table.Tr>
      <Table.Td miw={170}>
        <Text size="sm" fw={600}>
          {ruleName(rule.key)}
        </Text>
        <Group gap={6} style={{ rowGap: 2 }}>
          <Text size="xs" c="dimmed" component="div">
            <ThresholdText rule={rule} />
          </Text>
          {rule.low && (
            <ToneBadge tone="amber">
              {t(isLowAtThreshold(rule.source) ? 'client.rules.reached' : 'client.rules.low')}
            </ToneBadge>
          )}
        </Group>
        {rule.inactivityDays !== null && (
          <Text size="xs" c="dimmed" component="div">
            {t('client.rules.inactivity', { n: rule.inactivityDays })}
          </Text>
        )}
      </Table.Td>
      <Table.Td data-label={t('client.rules.why')}>
        <RuleReason client={client} rule={rule} explanation={explanation} />
      </Table.Td>
      <Table.Td miw={148} data-label={t('client.rules.next')}>
        {rule.action === 'capacity' || rule.action === 'autopay' ? (
          t('client.rules.noCount')
        ) : (
          <NextNotification rule={rule} zone={zone} isGone={isGone} />
        )}
      </Table.Td>
      <Table.Td miw={110} maw={140} data-label={t('client.rules.count')}>
        <Text size="sm" component="div" style={{ fontVariantNumeric: 'tabular-nums' }}>
          {countText(rule)}
        </Text>
        {rule.lastNotifiedAt !== null && (
          <Text size="xs" c="dimmed" component="div" style={{ overflowWrap: 'anywhere' }}>
            <LastSent rule={rule} zone={zone} />
          </Text>
        )}
      </Table.Td>
      <Table.Td ta="right" pr={0} data-menu>
        <RuleMenu rule={rule} isGone={isGone} onDialog={onDialog} />
      </Table.Td>
    </Table.Tr>
  );
}

/** A capacity applies or not: nothing of it is counted. */
function countText({ action, count, maxNotifications }: ExplainedRule): string {
  if (action === 'capacity') return t('client.rules.noCount');
  if (maxNotifications === null) return t('client.rules.countOpen', { sent: count });
  return t('client.rules.countOf', { sent: count, max: maxNotifications });
}

/** Also after a reset, with what came between: `last Nov 30, 9:57 PM, before payment p-17`. */
function LastSent({ rule, zone }: { readonly rule: ExplainedRule; readonly zone: string }): ReactNode {
  const { lastNotifiedAt, lastReset } = rule;
  const time = <Time at={lastNotifiedAt} format="short" clientZone={zone} />;
  if (lastReset === null) return rich('client.rules.lastSent', { time });
  return rich('client.rules.lastSentBefore', { time, reset: resetPhrase(lastReset) });
}

/** What comparison it makes: `available < 50.00 USD`. */
function ThresholdText({ rule: { threshold } }: { readonly rule: Pick<ExplainedRule, 'threshold'> }): ReactNode {
  if (threshold === null) return t('client.rules.off');
  const value =
    threshold.percent === null ? (
      <Money value={{ amount: threshold.value ?? '0', currency: threshold.currency }} />
    ) : (
      `${threshold.percent}%`
    );
  return rich(`client.comparison.${threshold.comparison}`, { value });
}

interface RuleMenuProps {
  readonly rule: ExplainedRule;
  readonly isGone: boolean;
  readonly onDialog: (dialog: Dialog) => void;
}

function RuleMenu({ rule, isGone, onDialog }: RuleMenuProps) {
  const { key, count, silencedUntil } = rule;
  const gone = isGone ? t('client.headline.deleted') : null;
  const isSilenced = silencedUntil !== null;
  const can = useCan();
  if (rule.action === 'capacity' || (!can('resetRule') && !can('silenceMonitor'))) return null;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={28}
          aria-label={t('client.rules.actions', { rule: ruleName(key) })}
        >
          <IconDots size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <ActionItem
          operation="resetRule"
          leftSection={<IconRestore size={16} aria-hidden />}
          blocked={gone ?? (count > 0 ? null : t('client.reset.nothing'))}
          onClick={() => onDialog({ kind: 'reset', rule: key, count })}
        >
          {t('client.reset')}
        </ActionItem>
        <ActionItem
          operation="silenceMonitor"
          leftSection={isSilenced ? <IconBellRinging size={16} aria-hidden /> : <IconBellOff size={16} aria-hidden />}
          blocked={gone}
          onClick={() => onDialog({ kind: isSilenced ? 'unsilence' : 'silence', rule: key })}
        >
          {t(isSilenced ? 'client.unsilence.short' : 'client.silence.rule')}
        </ActionItem>
      </Menu.Dropdown>
    </Menu>
  );
}
