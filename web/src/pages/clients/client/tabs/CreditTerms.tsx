import { Anchor, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Fragment, type ReactNode } from 'react';
import { Link, useNavigate } from 'react-router';
import { t } from '../../../../i18n/t';
import { ActionButton } from '../../../../session/ActionButton';
import { FailedState } from '../../../../ui/FailedState';
import { Money } from '../../../../ui/text/Money';
import { compareAmounts } from '../../../../ui/text/money-text';
import { Facts } from '../Facts';
import { Panel } from '../Panel';
import { balancesQuery, type Client } from '../queries';

/** What belongs to the credit as well: warnings, unallocated payments, and transfers (docs/manuals.md#transfers). */
export function CreditTerms({ client }: { readonly client: Client }) {
  const { data, error, refetch } = useQuery(balancesQuery(client.id));
  const navigate = useNavigate();
  const { currency, status } = client;
  return (
    <Panel
      title={t('client.terms')}
      actions={
        <ActionButton
          operation="updateClient"
          size="xs"
          variant="default"
          blocked={status === 'deleted' ? t('client.headline.deleted') : null}
          onClick={() => void navigate(`/clients/${client.id}/edit`)}
        >
          {t('client.edit')}
        </ActionButton>
      }
    >
      {error && <FailedState error={error} onRetry={() => void refetch()} />}
      <Facts
        facts={[
          [
            t(client.balanceModel === 'postpaid' ? 'client.terms.creditWarnings' : 'client.terms.fundsWarnings'),
            <Warnings key="warnings" client={client} />,
          ],
          ...(data
            ? ([
                [t('invoices.unallocated'), <Money key="free" value={{ amount: data.unallocated, currency }} />],
                [t('invoices.outstanding'), <Money key="due" value={{ amount: data.outstanding, currency }} />],
              ] as const)
            : []),
          [t('client.terms.transfers'), transfersText(client)],
        ]}
      />
      <Text size="xs" c="dimmed">
        {t('client.terms.unallocatedHint')}
      </Text>
      <Anchor component={Link} to="?tab=invoices" size="sm">
        {t('client.terms.invoices')}
      </Anchor>
    </Panel>
  );
}

/** Highest first, as they are reached. */
function Warnings({ client }: { readonly client: Client }): ReactNode {
  const { warningThresholds, currency, creditLimit } = client;
  if (warningThresholds.length === 0) return t('common.none');
  const isLimited = creditLimit !== null && compareAmounts(creditLimit, '0') > 0;
  return (
    <Stack gap={2} align="flex-end">
      {warningThresholds.map((value) => (
        <Fragment key={value}>
          {value.endsWith('%') ? (
            <span>{t(isLimited ? 'client.terms.ofLimit' : 'client.terms.ofNoLimit', { percent: value })}</span>
          ) : (
            <Money value={{ amount: value, currency }} />
          )}
        </Fragment>
      ))}
    </Stack>
  );
}

function transfersText({ transfersAllowed, customerClassName }: Client): string {
  if (transfersAllowed !== 'class') return t(`clients.transfersAllowed.${transfersAllowed}`);
  return customerClassName === null
    ? t('client.terms.noClass')
    : t('client.terms.byClass', { name: customerClassName });
}
