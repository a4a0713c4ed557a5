import { SegmentedControl, Stack, Switch, Text, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { serverNow } from '../../../api/transport';
import { instantError } from '../../../form/checks';
import { CurrencySelect } from '../../../form/inputs/CurrencySelect';
import { DateTimeInput, silencePicks, usualPicks } from '../../../form/inputs/DateTimeInput';
import { MoneyInput } from '../../../form/inputs/MoneyInput';
import { PercentInput } from '../../../form/inputs/PercentInput';
import { ClientTemplatePicker, ManagerPicker, PaymentTermsPicker, ProfilePicker } from '../../../form/inputs/pickers';
import { TagsInput } from '../../../form/inputs/TagsInput';
import { t } from '../../../i18n/t';
import type { JobDraft } from './job-draft';

/** The fields of a job's parameters: `jobForms` says which kind has which. */
export interface FieldsProps {
  readonly draft: JobDraft;
  readonly onChange: (changes: Partial<JobDraft>) => void;
  /** how many of the selected clients are known to be prepaid, and whether that is all of them */
  readonly prepaid: { readonly count: number; readonly isAll: boolean };
}

export function Profile({ draft, onChange }: FieldsProps): ReactNode {
  return (
    <ProfilePicker
      label={t('clients.profile')}
      required
      data-autofocus
      value={draft.profileId}
      onChange={(profileId) => onChange({ profileId })}
    />
  );
}

export function SilencedUntil(props: FieldsProps): ReactNode {
  return <Until {...props} label={t('clients.bulk.until')} picks={silencePicks()} />;
}

export function Tags({ draft, onChange }: FieldsProps): ReactNode {
  return (
    <TagsInput
      label={t('clients.tags')}
      required
      data-autofocus
      value={draft.tags}
      onChange={(tags) => onChange({ tags })}
    />
  );
}

/** None is a choice too. */
export function AllTags({ draft, onChange }: FieldsProps): ReactNode {
  return (
    <TagsInput
      label={t('clients.tags')}
      description={t('clients.bulk.noTags')}
      data-autofocus
      value={draft.tags}
      onChange={(tags) => onChange({ tags })}
    />
  );
}

export function ClientTemplate({ draft, onChange }: FieldsProps): ReactNode {
  return (
    <Stack gap="sm">
      <ClientTemplatePicker
        label={t('clients.clientTemplateId')}
        description={t('clients.bulk.noTemplate')}
        data-autofocus
        value={draft.clientTemplateId}
        onChange={(clientTemplateId) => onChange({ clientTemplateId })}
      />
      <Switch
        label={t('clients.bulk.clearOwn')}
        description={t('clients.bulk.clearOwnHint')}
        disabled={draft.clientTemplateId === ''}
        checked={draft.ownValues === 'clear'}
        onChange={({ currentTarget }) => onChange({ ownValues: currentTarget.checked ? 'clear' : 'keep' })}
      />
    </Stack>
  );
}

export function InvoicedDay({ draft, onChange }: FieldsProps): ReactNode {
  return (
    <TextInput
      type="date"
      required
      label={t('invoices.lastInvoiced.date')}
      description={t('clients.bulk.invoicedDayHint')}
      data-autofocus
      value={draft.invoicedDay}
      onChange={({ currentTarget }) => onChange({ invoicedDay: currentTarget.value })}
    />
  );
}

export function Status({ draft, onChange }: FieldsProps): ReactNode {
  return (
    <SegmentedControl
      aria-label={t('clients.status')}
      w="fit-content"
      value={draft.status}
      onChange={(status) => onChange({ status: status === 'stop' ? 'stop' : 'active' })}
      data={[
        { value: 'stop', label: t('clients.status.stop') },
        { value: 'active', label: t('clients.status.active') },
      ]}
    />
  );
}

export function Manager({ draft, onChange }: FieldsProps): ReactNode {
  return (
    <ManagerPicker
      label={t('clients.manager')}
      description={t('clients.bulk.noManager')}
      data-autofocus
      value={draft.managerId}
      onChange={(managerId) => onChange({ managerId })}
    />
  );
}

export function PaymentTerms({ draft, onChange }: FieldsProps): ReactNode {
  return (
    <PaymentTermsPicker
      label={t('clients.paymentTermsId')}
      description={t('clients.bulk.noTerms')}
      data-autofocus
      value={draft.paymentTermsId}
      onChange={(paymentTermsId) => onChange({ paymentTermsId })}
    />
  );
}

export function LastDay({ draft, onChange }: FieldsProps): ReactNode {
  return (
    <TextInput
      type="date"
      label={t('clients.bulk.lastDay')}
      description={t('clients.bulk.lastDayHint')}
      data-autofocus
      value={draft.lastDay}
      onChange={({ currentTarget }) => onChange({ lastDay: currentTarget.value })}
    />
  );
}

export function CreditLimit(props: FieldsProps): ReactNode {
  return <Amount {...props} label={t('clients.creditLimit')} />;
}

/** A percentage is for postpaid clients: where none is selected it is not offered. */
export function Credit({ draft, onChange, prepaid }: FieldsProps): ReactNode {
  return (
    <Stack gap="sm">
      {!prepaid.isAll && (
        <SegmentedControl
          aria-label={t('clients.bulk.by')}
          w="fit-content"
          value={draft.by}
          onChange={(by) => onChange({ by: by === 'percent' ? 'percent' : 'amount' })}
          data={[
            { value: 'amount', label: t('clients.bulk.byAmount') },
            { value: 'percent', label: t('clients.bulk.byPercent') },
          ]}
        />
      )}
      {draft.by === 'amount' ? (
        <Amount draft={draft} onChange={onChange} label={t('clients.bulk.amount')} />
      ) : (
        <PercentInput
          label={t('clients.bulk.byPercent')}
          description={
            prepaid.count > 0
              ? t('clients.bulk.percentRefuses', { n: prepaid.count })
              : t('clients.bulk.percentIsPostpaid')
          }
          required
          value={draft.percent}
          onChange={(percent) => onChange({ percent })}
        />
      )}
      <Until draft={draft} onChange={onChange} label={t('clients.bulk.until')} picks={usualPicks()} />
    </Stack>
  );
}

type OneFieldProps = Pick<FieldsProps, 'draft' | 'onChange'> & { readonly label: string };

function Amount({ draft, onChange, label }: OneFieldProps): ReactNode {
  return (
    <Stack gap="xs">
      <CurrencySelect
        label={t('clients.currency')}
        required
        value={draft.currency}
        onChange={(currency) => onChange({ currency })}
      />
      <MoneyInput
        label={label}
        required
        currency={draft.currency}
        value={draft.amount}
        onChange={(amount) => onChange({ amount })}
      />
      <Text size="xs" c="dimmed">
        {t('clients.bulk.otherCurrencies')}
      </Text>
    </Stack>
  );
}

interface UntilProps extends OneFieldProps {
  readonly picks: ReturnType<typeof silencePicks>;
}

function Until({ draft, onChange, label, picks }: UntilProps): ReactNode {
  return (
    <DateTimeInput
      label={label}
      required
      picks={picks}
      value={draft.until}
      error={draft.until === '' ? undefined : instantError(draft.until, serverNow())}
      onChange={(until) => onChange({ until })}
    />
  );
}
