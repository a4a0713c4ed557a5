import { Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, type FormEvent, type ReactNode } from 'react';
import { api, unwrap } from '../../api/client';
import { isApiError } from '../../api/problems';
import { randomId } from '../../api/random-id';
import { moneyError, required } from '../../form/checks';
import { MoneyInput } from '../../form/inputs/MoneyInput';
import { t } from '../../i18n/t';
import { faultsOf } from '../faults';
import { PanelCard } from '../PanelCard';
import { usePanelSession } from '../session-context';
import { OutcomeAlert } from './Outcome';
import { paymentQuery, type PanelCardState } from './queries';

/** Pays an amount with the card, and shows how it goes. */
export function PayForm({ card }: { readonly card: NonNullable<PanelCardState['card']> }): ReactNode {
  const { client } = usePanelSession();
  const queries = useQueryClient();
  const [amount, setAmount] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  // A request whose answer was lost is repeated under its key: the same payment.
  const [key, setKey] = useState(randomId);
  const [paymentId, setPaymentId] = useState<string | null>(null);
  const pay = useMutation({
    mutationFn: () =>
      unwrap(api.POST('/v1/panel/card-payments', { params: { header: { 'idempotency-key': key } }, body: { amount } })),
    onSuccess(payment) {
      setKey(randomId());
      setAmount('');
      setPaymentId(payment.id);
      queries.setQueryData(paymentQuery(payment.id).queryKey, payment);
    },
    onError(error) {
      if (isApiError(error) && error.status >= 400 && error.status < 500) setKey(randomId());
      setFault(faultsOf(error, ['amount'])['amount'] ?? null);
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['panel', 'card-payments'] }),
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const wrong = required(amount) ?? moneyError(amount, 'more_than_zero');
    setFault(wrong);
    if (wrong === null) pay.mutate();
  };
  const isExpired = card.expires < new Date().toISOString().slice(0, 7);
  return (
    <PanelCard title={t('panel.pay')}>
      {isExpired ? (
        <Text size="sm">{t('panel.card.expired')}</Text>
      ) : (
        <form onSubmit={submit} noValidate>
          <Stack gap="md">
            <MoneyInput
              label={t('panel.amount')}
              description={t('panel.pay.hint', { last4: card.last4 })}
              currency={client.currency}
              value={amount}
              error={fault}
              onChange={(value) => {
                setAmount(value);
                setFault(null);
              }}
              required
            />
            <Group justify="flex-end">
              <Button type="submit" loading={pay.isPending}>
                {t('panel.pay.action')}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
      {paymentId !== null && <Payment id={paymentId} />}
    </PanelCard>
  );
}

function Payment({ id }: { readonly id: string }): ReactNode {
  const queries = useQueryClient();
  const { data } = useQuery(paymentQuery(id));
  const outcome = data?.outcome;
  useEffect(() => {
    if (outcome === undefined || outcome === 'processing') return;
    for (const part of ['balance', 'payments', 'card-payments']) {
      void queries.invalidateQueries({ queryKey: ['panel', part] });
    }
  }, [outcome, queries]);
  return data ? <OutcomeAlert payment={data} /> : null;
}
