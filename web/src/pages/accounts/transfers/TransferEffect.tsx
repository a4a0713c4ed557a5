import { Alert, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { moneyError } from '../../../form/checks';
import { rich } from '../../../i18n/rich';
import { Money } from '../../../ui/text/Money';
import { addAmounts, isNegative, subtractAmounts } from '../../../ui/text/money-text';
import type { Account } from './queries';

interface TransferEffectProps {
  readonly source: Account;
  readonly target: Account | null;
  readonly amount: string;
}

/** What the accounts have before and after. */
export function TransferEffect({ source, target, amount }: TransferEffectProps): ReactNode {
  const isAmount = amount !== '' && moneyError(amount, 'more_than_zero') === null;
  const left = source.available !== null && isAmount ? subtractAmounts(source.available, amount) : null;
  return (
    <Alert variant="light" color={left !== null && isNegative(left) ? 'red' : 'gray'} role="status">
      <Stack gap={4}>
        <Line of={source} before={source.available} after={left} />
        {target && (
          <Line
            of={target}
            before={target.available}
            after={target.available !== null && isAmount ? addAmounts(target.available, amount) : null}
          />
        )}
        {source.dailyTransferLimit !== null && (
          <span>
            {rich('accounts.transfers.effect.daily', {
              limit: <Money value={{ amount: source.dailyTransferLimit, currency: source.currency }} />,
            })}
          </span>
        )}
      </Stack>
    </Alert>
  );
}

interface LineProps {
  readonly of: Account;
  readonly before: string | null;
  readonly after: string | null;
}

function Line({ of: { externalId, currency }, before, after }: LineProps): ReactNode {
  if (before === null) return null;
  const money = (amount: string): ReactNode => <Money value={{ amount, currency }} />;
  return (
    <span>
      {after === null
        ? rich('accounts.transfers.effect.now', { account: externalId, before: money(before) })
        : rich('accounts.transfers.effect', { account: externalId, before: money(before), after: money(after) })}
    </span>
  );
}
