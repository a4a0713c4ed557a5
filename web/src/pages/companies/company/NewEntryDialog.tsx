import { Modal, Select, Stack, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { api, unwrap } from '../../../api/client';
import { firstOf, moneyError, required } from '../../../form/checks';
import { FormActions } from '../../../form/FormActions';
import { MoneyInput } from '../../../form/inputs/MoneyInput';
import { useApiForm } from '../../../form/use-api-form';
import { t } from '../../../i18n/t';
import { useRight } from '../../../session/rights';
import { toastDone } from '../../../ui/toast';
import { entryKinds } from './lists';
import type { Company } from './queries';

interface NewEntryDialogProps {
  readonly company: Company;
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onRecorded: () => Promise<void>;
}

interface Values extends Record<string, unknown> {
  readonly kind: (typeof entryKinds)[number];
  readonly side: 'their' | 'our';
  readonly amount: string;
  readonly id: string;
  readonly note: string;
}

export function NewEntryDialog(props: NewEntryDialogProps): ReactNode {
  const { opened, onClose } = props;
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('companies.entry.new')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {opened && <EntryForm {...props} />}
    </Modal>
  );
}

function EntryForm({ company, onClose, onRecorded }: NewEntryDialogProps): ReactNode {
  const right = useRight('recordCompanyEntry');
  const form = useApiForm<Values, unknown>({
    // The id is there before the form is filled in, so that an entry that is sent twice is recorded once.
    initialValues: { kind: 'payment', side: 'their', amount: '', id: crypto.randomUUID(), note: '' },
    validate: ({ kind, amount, id }) => ({
      '#/amount': firstOf(
        required(amount),
        moneyError(amount, kind === 'payment' || kind === 'charge' ? 'more_than_zero' : undefined),
      ),
      '#/id': required(id),
    }),
    save({ kind, side, amount, id, note }) {
      const body = {
        ...{ id: id.trim(), kind, amount, currency: currencyOf(company, side) },
        ...(kind !== 'netting' && { side }),
        ...(note.trim() !== '' && { note: note.trim() }),
      };
      return unwrap(api.POST('/v1/companies/{id}/entries', { params: { path: { id: company.id } }, body }));
    },
    async onSaved() {
      onClose();
      toastDone(t('companies.entry.done'));
      await onRecorded();
    },
  });
  const { kind, side } = form.values;
  return (
    <form onSubmit={form.submit} noValidate>
      <Stack gap="md">
        <Select
          label={t('companies.entry.kind')}
          description={t(`companies.entry.${kind}.hint`)}
          allowDeselect={false}
          data={entryKinds.map((value) => ({ value, label: t(`companies.entry.${value}`) }))}
          comboboxProps={{ withinPortal: false }}
          {...form.field('#/kind')}
        />
        {kind !== 'netting' && (
          <Select
            label={t('companies.entry.side')}
            allowDeselect={false}
            data={(['their', 'our'] as const).map((value) => ({ value, label: t(`companies.side.${value}`) }))}
            comboboxProps={{ withinPortal: false }}
            {...form.field('#/side')}
          />
        )}
        <MoneyInput
          label={t('companies.entry.amount')}
          required
          currency={currencyOf(company, side)}
          {...form.field('#/amount')}
        />
        <TextInput label={t('companies.entry.id')} required autoComplete="off" {...form.field('#/id')} />
        <TextInput label={t('companies.entry.note')} autoComplete="off" {...form.field('#/note')} />
      </Stack>
      <FormActions form={form} blocked={right.reason} onCancel={onClose} save={t('companies.entry.new')} />
    </form>
  );
}

const currencyOf = (company: Company, side: 'their' | 'our'): string =>
  side === 'their' ? company.theirCurrency : company.ourCurrency;
