import { Card, SimpleGrid, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { unwrap, api } from '../../../api/client';
import { ResellerPicker } from '../../../form/inputs/pickers';
import { t } from '../../../i18n/t';
import { FailedState } from '../../../ui/FailedState';
import { NumbersForm } from './NumbersForm';
import { numbersKey, readNumbers, type NumberType } from './queries';

const types: readonly NumberType[] = ['outgoing', 'credit_note'];

/** How the invoices and credit notes of a reseller’s clients are numbered. */
export function NumbersTab(): ReactNode {
  const [chosen, choose] = useState('');
  // Until one is chosen: the reseller that the user sees first, which is the topmost.
  const first = useQuery({
    queryKey: ['resellers', 'first'],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/v1/resellers', { params: { query: { limit: 1, sort: ['id'] } }, signal })),
  });
  if (first.error) return <FailedState error={first.error} onRetry={() => void first.refetch()} />;
  const resellerId = chosen === '' ? (first.data?.data[0]?.id ?? '') : chosen;
  return (
    <Stack gap="md">
      <ResellerPicker
        label={t('terms.reseller')}
        description={t('terms.numbers.lead')}
        clearable={false}
        maw={420}
        value={resellerId}
        onChange={choose}
      />
      {resellerId !== '' && (
        <SimpleGrid cols={{ base: 1, md: 2 }}>
          {types.map((type) => (
            <Numbers key={`${resellerId} ${type}`} resellerId={resellerId} type={type} />
          ))}
        </SimpleGrid>
      )}
    </Stack>
  );
}

function Numbers({ resellerId, type }: { readonly resellerId: string; readonly type: NumberType }): ReactNode {
  const { data, error, refetch } = useQuery({
    queryKey: numbersKey(resellerId, type),
    queryFn: ({ signal }) => readNumbers(resellerId, type, signal),
    refetchOnWindowFocus: false,
    staleTime: 0,
  });
  return (
    <Card withBorder>
      <Stack gap="sm">
        <Title order={2} size="h5">
          {t(`invoices.type.${type}`)}
        </Title>
        {error && <FailedState error={error} onRetry={() => void refetch()} />}
        {!error && !data && <Skeleton h={260} />}
        {data && (
          <>
            <Text size="sm">{t('terms.numbers.next', { no: data.value.next })}</Text>
            <NumbersForm key={data.etag} resellerId={resellerId} type={type} format={data.value} etag={data.etag} />
          </>
        )}
      </Stack>
    </Card>
  );
}
