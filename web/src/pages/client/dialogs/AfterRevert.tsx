import { Alert, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { moneyFault } from '../../../form/checks';
import { rich } from '../../../i18n/rich';
import { t } from '../../../i18n/t';
import { Money } from '../../../ui/text/Money';
import { compareAmounts, subtractAmounts } from '../../../ui/text/money-text';
import { balancesQuery, timelineQuery, type Balances, type Client, type Timeline } from '../queries';
import { ruleName } from '../../../ui/text/rule-label';

interface AfterRevertProps {
  readonly client: Client;
  /** null: not known in money */
  readonly lent: string | null;
}

/** What available would be while the credit is lent and after it ends, should nothing else change. */
export function AfterRevert({ client, lent }: AfterRevertProps) {
  const { data: balances } = useQuery(balancesQuery(client.id));
  const { data: timeline } = useQuery(timelineQuery(client.id, 30));
  if (!balances || !timeline || balances.available === null) return null;
  const { currency } = client;
  const after = withoutGrant(balances);
  const passed = passedAfter(timeline, balances, client);
  const isAmount = lent !== null && lent !== '' && moneyFault(lent, 'more_than_zero') === null;
  return (
    <Alert variant="light" color={passed.length > 0 ? 'orange' : 'gray'} p="sm">
      {isAmount && (
        <Text size="sm" component="div">
          {rich('client.grant.while', {
            amount: <Money value={{ amount: subtractAmounts(after, `-${lent}`), currency }} />,
          })}
        </Text>
      )}
      <Text size="sm" component="div">
        {rich('client.grant.after', { amount: <Money value={{ amount: after, currency }} /> })} {lowText(passed)}
      </Text>
    </Alert>
  );
}

/** Which rules are low then: `That is low for 2 rules (User, Client).` */
export function lowText(passed: readonly string[]): string {
  if (passed.length === 0) return t('client.grant.lowForNone');
  return t('client.grant.lowFor', { n: passed.length, rules: passed.map(ruleName).join(', ') });
}

const withoutGrant = ({ available, temporaryCredit }: Balances): string =>
  subtractAmounts(available ?? '0', temporaryCredit);

/** The rules that are low without the credit. A debt is what it is, lent or not. */
export function passedAfter(timeline: Timeline, balances: Balances, client: Client): readonly string[] {
  const after = withoutGrant(balances);
  return timeline.thresholds.flatMap(({ rule, source, value }) => {
    if (value === null) return [];
    const isWarning = source === 'warning';
    const available = isWarning && client.balanceModel === 'postpaid' ? (balances.available ?? after) : after;
    const distance = compareAmounts(available, value);
    return distance < 0 || (isWarning && distance === 0) ? [rule] : [];
  });
}
