import { TextInput, UnstyledButton } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { api, etagOf, unwrap } from '../../../../api/client';
import { t } from '../../../../i18n/t';
import { useCan } from '../../../../session/rights';
import { toastFailure } from '../../../../ui/toast';
import { useRatesSaved, type TableRate } from '../queries';
import { rateError } from './rate-values';

/** The rate of a row: a click edits it in place, Enter saves, Escape leaves it. */
export function InlineRate({ row }: { readonly row: TableRate }): ReactNode {
  const [typed, setTyped] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const can = useCan();
  const saved = useRatesSaved();
  if (!can('updateTableRate')) return row.rate;
  if (typed === null) {
    return (
      <UnstyledButton
        fz="inherit"
        td="underline dotted"
        aria-label={`${row.rate}. ${t('rateTables.rate.inline', { code: row.code })}`}
        onClick={(event) => {
          event.stopPropagation();
          setTyped(row.rate);
        }}
      >
        {row.rate}
      </UnstyledButton>
    );
  }
  const error = rateError(typed);
  const save = async (): Promise<void> => {
    if (error !== null || isBusy) return;
    if (typed.trim() === row.rate) return setTyped(null);
    setBusy(true);
    try {
      const params = { path: { id: row.id }, header: { 'If-Match': etagOf(row) } };
      await unwrap(api.PATCH('/v1/table-rates/{id}', { params, body: { rate: typed.trim() } }));
      await saved(t('rateTables.rate.saved', { code: row.code }));
      setTyped(null);
    } catch (failure) {
      toastFailure(failure);
    }
    setBusy(false);
  };
  return (
    <TextInput
      size="xs"
      w={110}
      autoFocus
      disabled={isBusy}
      inputMode="decimal"
      aria-label={t('rateTables.rate.inline', { code: row.code })}
      value={typed}
      error={error}
      onClick={(event) => event.stopPropagation()}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Enter') void save();
        if (event.key === 'Escape') setTyped(null);
      }}
      onBlur={() => void save()}
    />
  );
}
