import { Alert, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { moneyError } from '../../../form/checks';
import { rich } from '../../../i18n/rich';
import { t } from '../../../i18n/t';
import { Money } from '../../../ui/text/Money';
import { compareAmounts, subtractAmounts } from '../../../ui/text/money-text';
import { balancesQuery, timelineQuery, type Balances, type Client, type Timeline } from '../queries';
import { ruleName } from '../../../ui/text/rule-label';

interface AfterRevertProps {
  readonly client: Client;
  /** null: not known in an amount */
  readonly amount: string | null;
}

/** What available would be with the credit and after it reverts, if nothing else changes. */
export function AfterRevert({ client, amount }: AfterRevertProps) {
  const { data: balances } = useQuery(balancesQuery(client.id));
  const { data: timeline } = useQuery(timelineQuery(client.id, 30));
  if (!balances || !timeline || balances.available === null) return null;
  const { currency } = client;
  const after = withoutGrant(balances);
  const low = lowAfterRevert(timeline, balances, client);
  const isAmount = amount !== null && amount !== '' && moneyError(amount, 'more_than_zero') === null;
  return (
    <Alert variant="light" color={low.length > 0 ? 'orange' : 'gray'} p="sm">
      {isAmount && (
        <Text size="sm" component="div">
          {rich('client.grant.while', {
            amount: <Money value={{ amount: subtractAmounts(after, `-${amount}`), currency }} />,
          })}
        </Text>
      )}
      <Text size="sm" component="div">
        {rich('client.grant.after', { amount: <Money value={{ amount: after, currency }} /> })} {lowText(low)}
      </Text>
    </Alert>
  );
}

/** Which rules are low then: `Low for 2 rules (User notification, Client notification).` */
export function lowText(low: readonly string[]): string {
  if (low.length === 0) return t('client.grant.notLow');
  return t('client.grant.lowFor', { n: low.length, rules: low.map(ruleName).join(', ') });
}

const withoutGrant = ({ available, temporaryCredit }: Balances): string =>
  subtractAmounts(available ?? '0', temporaryCredit);

/** The rules that are low without the credit. A debt does not depend on the credit. */
export function lowAfterRevert(timeline: Timeline, balances: Balances, client: Client): readonly string[] {
  const after = withoutGrant(balances);
  return timeline.thresholds.flatMap(({ rule, source, value }) => {
    if (value === null) return [];
    const isWarning = source === 'warning';
    const available = isWarning && client.balanceModel === 'postpaid' ? (balances.available ?? after) : after;
    const distance = compareAmounts(available, value);
    return distance < 0 || (isWarning && distance === 0) ? [rule] : [];
  });
}
