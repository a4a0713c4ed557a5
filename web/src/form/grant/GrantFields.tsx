import { Group, SegmentedControl, Stack, Textarea } from '@mantine/core';
import { DateTimeInput, type QuickPick } from '../inputs/DateTimeInput';
import { MoneyInput } from '../inputs/MoneyInput';
import { PercentInput } from '../inputs/PercentInput';
import type { ApiForm } from '../use-api-form';
import { t } from '../../i18n/t';
import type { GrantValues } from './grant-values';

interface GrantFieldsProps {
  readonly form: ApiForm<GrantValues>;
  readonly currency: string;
  readonly clientZone: string | null;
  readonly picks: readonly QuickPick[];
  /** false once it is granted: the beginning stays */
  readonly hasFrom: boolean;
  /** a share of the permanent limit; false for a prepaid client */
  readonly mayBePercent: boolean;
}

/** How much, until when and why: the same for a new credit and for a change. */
export function GrantFields({ form, currency, clientZone, picks, hasFrom, mayBePercent }: GrantFieldsProps) {
  const isAmount = form.values.by === 'amount';
  const mayChoose = mayBePercent || !isAmount;
  return (
    <Stack gap="md">
      <Group align="flex-end" gap="sm" wrap="nowrap">
        <div style={{ flex: 1 }}>
          {isAmount ? (
            <MoneyInput label={t('credit.amount')} required currency={currency} {...form.field('#/amount')} />
          ) : (
            <PercentInput label={t('credit.percentOf')} required {...form.field('#/percent')} />
          )}
        </div>
        {mayChoose && (
          <SegmentedControl
            aria-label={t('credit.amountOrPercent')}
            size="sm"
            data={[
              { value: 'amount', label: currency || t('credit.amount') },
              { value: 'percent', label: '%' },
            ]}
            value={form.values.by}
            onChange={(by) => form.set('#/by', by)}
            style={{ alignSelf: 'flex-start', marginTop: 24 }}
          />
        )}
      </Group>
      {hasFrom && (
        <DateTimeInput
          label={t('credit.from')}
          description={t('credit.fromHint')}
          clientZone={clientZone}
          {...form.field('#/from')}
        />
      )}
      <DateTimeInput
        label={t('credit.until')}
        required
        clientZone={clientZone}
        picks={picks}
        {...form.field('#/validUntil')}
      />
      <Textarea
        label={t('common.reason')}
        placeholder={t('form.reason.placeholder')}
        required
        maxLength={500}
        autosize
        minRows={2}
        {...form.field('#/reason')}
      />
    </Stack>
  );
}
