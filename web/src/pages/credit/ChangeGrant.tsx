import { Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { api, unwrap } from '../../api/client';
import type { QuickPick } from '../../form/inputs/DateTimeInput';
import { FormActions } from '../../form/FormActions';
import { useApiForm } from '../../form/use-api-form';
import { t } from '../../i18n/t';
import { zoneOf } from '../../i18n/zone';
import { refreshLists } from '../../list/refresh';
import { useRight } from '../../session/rights';
import { plusDays } from '../../ui/text/zoned';
import { toastDone } from '../../ui/toast';
import { CreditImpact, Maximum } from './CreditImpact';
import { changesOf, grantErrors, valuesOf, type GrantValues } from './grant-values';
import { GrantFields } from './GrantFields';
import type { Grant } from './grants-list';
import { activeCreditOf } from './NewGrant';
import { useClientCredit } from './use-client-credit';

interface ChangeGrantProps {
  readonly grant: Grant;
  readonly etag: string;
  readonly onClose: () => void;
}

/** Another amount or another end for what is lent. */
export function ChangeGrant({ grant, etag, onClose }: ChangeGrantProps) {
  const queries = useQueryClient();
  const right = useRight('changeTemporaryCredit');
  const { data } = useClientCredit(grant.clientId, grant.validFrom);
  const form = useApiForm({
    initialValues: valuesOf(grant),
    etag,
    validate: (values: GrantValues) => ({ ...grantErrors(values, data?.limits ?? null), '#/from': null }),
    save: (values, version) => change(grant, values, version),
    toValues: (resource) => valuesOf(resource as Grant),
    async onSaved() {
      toastDone(t('credit.changedToast', { name: grant.clientName }));
      await refreshLists(queries, 'credits');
      await queries.invalidateQueries({ queryKey: ['credits'] });
      await queries.invalidateQueries({ queryKey: ['clients', grant.clientId] });
      onClose();
    },
  });
  const isUnchanged = Object.keys(changesOf(form.values, grant)).length === 0;
  return (
    <form onSubmit={form.submit} noValidate>
      <Stack gap="md">
        <Text fw={600}>{grant.clientName}</Text>
        {data && <Maximum limits={data.limits} />}
        <GrantFields
          form={form}
          currency={grant.currency}
          clientZone={data?.client.timezone ?? null}
          picks={longer(grant.validUntil, data?.client.timezone ?? null)}
          hasFrom={false}
        />
        {data && (
          <CreditImpact
            credit={data}
            amount={activeCreditOf(form.values, grant.creditLimit)}
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
