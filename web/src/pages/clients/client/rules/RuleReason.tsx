import { Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Reason } from '../../../../api/types';
import { t } from '../../../../i18n/t';
import { ReasonBadge, ReasonSentence, type ReasonFacts } from '../../../../ui/badges/Reason';
import { RecipientList } from '../../../../ui/RecipientList';
import { isNegative, subtractAmounts } from '../../../../ui/text/money-text';
import { isLowAtThreshold } from '../../../../ui/text/rule-label';
import { balancesQuery, type Client, type ExplainedRule, type Explanation } from '../queries';

interface RuleReasonProps {
  readonly client: Client;
  readonly rule: ExplainedRule;
  readonly explanation: Explanation;
}

/** Why the rule did or did not notify, and its recipients. */
export function RuleReason({ client, rule, explanation }: RuleReasonProps) {
  const { data: balances } = useQuery(balancesQuery(client.id));
  const { lastReason, reasonNow } = rule;
  if (lastReason === null) {
    return (
      <Text size="sm" c="dimmed">
        {t('client.rules.unchecked')}
      </Text>
    );
  }
  const facts = factsOf(rule, explanation, balances?.live ?? null);
  return (
    <Stack gap={2}>
      <Group gap={6}>
        <ReasonBadge reason={lastReason} facts={facts} />
        {reasonNow !== null && !follows(lastReason, reasonNow) && (
          <>
            <Text size="xs" c="dimmed">
              {t('client.rules.reasonNow')}
            </Text>
            <ReasonBadge reason={reasonNow} facts={facts} />
          </>
        )}
      </Group>
      <Text size="sm" component="div">
        <ReasonSentence reason={lastReason} facts={facts} />
      </Text>
      {rule.action === 'notify' && <Recipients rule={rule} />}
    </Stack>
  );
}

/** True where what a check now would find is what was found, or follows from it: then it is not shown. */
function follows(last: Reason, next: Reason): boolean {
  return last === next || (last === 'sent' && (next === 'period_not_elapsed' || next === 'max_reached'));
}

function Recipients({ rule }: { readonly rule: ExplainedRule }): ReactNode {
  return (
    <Group gap={6} align="baseline" wrap="nowrap">
      <Text size="xs" c="dimmed" style={{ flex: 'none' }}>
        {t('client.rules.notifies')}
      </Text>
      <RecipientList
        size="xs"
        recipients={rule.resolvedRecipients
          .filter(({ repeated }) => !repeated)
          .map(({ email, role, name, channel }) => ({
            address: email,
            ...(channel && {
              channel: { ...channel, name: name ?? t('form.channels.unknown', { id: channel.id }) },
            }),
            from: name === null ? t(`client.role.${role}`) : `${t(`client.role.${role}`)} · ${name}`,
          }))}
      />
    </Group>
  );
}

/** What the client owes: how far live is below zero. */
function debtOf(live: string): string {
  return isNegative(live) ? subtractAmounts('0', live) : '0.00';
}

function factsOf(rule: ExplainedRule, explanation: Explanation, live: string | null): ReasonFacts {
  const { threshold } = rule;
  const isComparable =
    threshold?.currency === explanation.currency &&
    (threshold.comparison === 'below' || threshold.comparison === 'atMost');
  const isOnDebt = threshold?.comparison === 'debtAtLeast' || threshold?.comparison === 'debtShare';
  return {
    available: isComparable ? explanation.available : null,
    isWarning: isLowAtThreshold(rule.source),
    action: rule.action,
    debt: isOnDebt && live !== null ? debtOf(live) : null,
    threshold: threshold?.value ?? null,
    percent: threshold?.percent ?? null,
    currency: threshold?.currency ?? null,
    sent: rule.count,
    max: rule.maxNotifications,
    // When it can notify next has a column.
    nextAt: rule.silencedUntil,
    inactivityDays: rule.inactivityDays,
  };
}
