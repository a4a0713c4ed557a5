import { Stack, Text } from '@mantine/core';
import { api, etagOf, unwrap } from '../../api/client';
import type { QuickPick } from '../inputs/DateTimeInput';
import { FormActions } from '../FormActions';
import { useApiForm } from '../use-api-form';
import { t } from '../../i18n/t';
import { zoneOf } from '../../i18n/zone';
import { useRight } from '../../session/rights';
import { plusDays } from '../../ui/text/zoned';
import { toastDone } from '../../ui/toast';
import { CreditImpact, Maximum } from './CreditImpact';
import { changesOf, grantErrors, typedAmount, valuesOf, type GrantValues } from './grant-values';
import { GrantFields } from './GrantFields';
import { useClientCredit, type Grant } from './use-client-credit';

interface ChangeGrantFormProps {
  readonly grant: Grant;
  /** renews what the page shows; the form closes before */
  readonly onSaved: (clientId: string) => Promise<void>;
  readonly onClose: () => void;
}

/** Another amount or another end of the temporary credit. */
export function ChangeGrantForm({ grant, onSaved, onClose }: ChangeGrantFormProps) {
  const right = useRight('changeTemporaryCredit');
  const { data } = useClientCredit(grant.clientId, grant.validFrom);
  const form = useApiForm({
    initialValues: valuesOf(grant),
    etag: etagOf(grant),
    validate: (values: GrantValues) => ({ ...grantErrors(values, data?.limits ?? null), '#/from': null }),
    save: (values, version) => change(grant, values, version),
    toValues: (resource) => valuesOf(resource as Grant),
    async onSaved() {
      onClose();
      toastDone(t('credit.changedToast', { name: grant.clientName }));
      await onSaved(grant.clientId);
    },
  });
  const isUnchanged = Object.keys(changesOf(form.values, grant)).length === 0;
  return (
    <form onSubmit={form.submit} noValidate>
      <Stack gap="md">
        <Text fw={600}>{grant.clientName}</Text>
        {data && <Maximum limits={data.limits} action="change" />}
        <GrantFields
          form={form}
          currency={grant.currency}
          clientZone={data?.client.timezone ?? null}
          picks={longer(grant.validUntil, data?.client.timezone ?? null)}
          hasFrom={false}
          mayBePercent={data?.client.balanceModel !== 'prepaid'}
        />
        {data && (
          <CreditImpact
            credit={data}
            amount={typedAmount(form.values, grant.creditLimit)}
            counted={grant.status === 'active' ? grant.amount : null}
          />
        )}
      </Stack>
      <FormActions
        form={form}
        blocked={right.reason ?? (isUnchanged ? t('credit.unchanged') : null)}
        onCancel={onClose}
        save={t('credit.change')}
        nameOf={fieldName}
      />
    </form>
  );
}

function change(grant: Grant, values: GrantValues, etag: string | null) {
  const params = { path: { id: grant.id }, header: { 'If-Match': etag ?? '' } };
  const body = { ...changesOf(values, grant), reason: values.reason.trim() };
  return unwrap(api.PATCH('/v1/temporary-credits/{id}', { params, body }));
}

/** Counted from the end that it has: "a week more". */
function longer(validUntil: string, clientZone: string | null): readonly QuickPick[] {
  const zone = zoneOf(clientZone);
  const end = Date.parse(validUntil);
  const pick = (label: string, instant: number): QuickPick => ({ label, text: new Date(instant).toISOString() });
  return [
    pick(t('form.instant.plusDay'), plusDays(end, 1, zone)),
    pick(t('form.instant.plusWeek'), plusDays(end, 7, zone)),
    { label: t('form.instant.endOfMonth'), text: 'end of month' },
  ];
}

function fieldName(path: string): string {
  if (path === 'validUntil') return t('credit.until');
  if (path === 'reason') return t('common.reason');
  return path === 'percent' ? t('credit.percentOf') : t('credit.amount');
}
