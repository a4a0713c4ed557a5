import { Fieldset, Input, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { api, unwrap } from '../../../api/client';
import { DateTimeInput } from '../../../form/inputs/DateTimeInput';
import { FormActions } from '../../../form/FormActions';
import { MaximumIncreaseFields } from '../../../form/MaximumIncreaseFields';
import { MaximumLimitFields } from '../../../form/MaximumLimitFields';
import { useApiForm, type ApiForm } from '../../../form/use-api-form';
import { t } from '../../../i18n/t';
import { refreshLists } from '../../../list/refresh';
import { useRight } from '../../../session/rights';
import { useMe } from '../../../session/session';
import { bodyOf, keyErrors, freshKey, canGrantCredit, type KeyValues } from './key-values';
import { ScopesInput } from './ScopesInput';

interface NewKeyProps {
  readonly onClose: () => void;
  /** gets the key itself, to be shown once */
  readonly onMade: (key: string) => void;
}

export function NewKey({ onClose, onMade }: NewKeyProps) {
  const queries = useQueryClient();
  const { reason: noRight } = useRight('createApiKey');
  const { scopes: own } = useMe();
  const form = useApiForm({
    initialValues: freshKey,
    validate: keyErrors,
    save: (values) => unwrap(api.POST('/v1/api-keys', { body: bodyOf(values) })),
    async onSaved({ key }) {
      await refreshLists(queries, 'keys');
      onClose();
      onMade(key);
    },
  });
  return (
    <form onSubmit={form.submit} noValidate>
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {t('developers.keys.ownerHint')}
        </Text>
        <TextInput
          label={t('common.name')}
          description={t('developers.keys.nameHint')}
          required
          autoComplete="off"
          {...form.field('#/name')}
        />
        <Input.Wrapper label={t('developers.keys.environment')} labelElement="div" id="key-environment">
          <div>
            <SegmentedControl
              aria-label={t('developers.keys.environment')}
              data={(['live', 'test'] as const).map((value) => ({
                value,
                label: t(`developers.keys.environment.${value}`),
              }))}
              {...form.field('#/environment')}
            />
          </div>
        </Input.Wrapper>
        <ScopesInput own={own} {...form.field('#/scopes')} />
        {canGrantCredit(form.values.scopes) && <MaximumFields form={form} />}
        <DateTimeInput
          label={t('developers.keys.expires')}
          description={t('developers.keys.expiresHint')}
          picks={[
            { label: t('developers.keys.in90'), text: '+90d' },
            { label: t('developers.keys.inYear'), text: '+365d' },
          ]}
          {...form.field('#/expiresAt')}
        />
        <TextInput
          label={t('common.reason')}
          placeholder={t('form.reason.placeholder')}
          maxLength={500}
          {...form.field('#/reason')}
        />
      </Stack>
      <FormActions form={form} blocked={noRight} onCancel={onClose} save={t('developers.keys.create')} />
    </form>
  );
}

/** How much temporary credit the key may grant (docs/manuals.md#maximum-possible-increase). */
function MaximumFields({ form }: { readonly form: ApiForm<KeyValues> }) {
  const { currency } = form.values.maximumIncrease.amount;
  return (
    <Fieldset legend={t('developers.keys.maximum')}>
      <MaximumIncreaseFields
        amount={form.field('#/maximumIncrease/amount/amount')}
        amountCurrency={form.field('#/maximumIncrease/amount/currency')}
        percent={form.field('#/maximumIncrease/percent')}
        days={form.field('#/maximumIncrease/days')}
        currency={currency}
        hint={t('developers.keys.maximumHint')}
      />
      <MaximumLimitFields
        amount={form.field('#/maximumCreditLimit/amount')}
        currency={form.field('#/maximumCreditLimit/currency')}
        hint={t('developers.keys.maximumLimitHint')}
      />
    </Fieldset>
  );
}
