import { Button, PasswordInput, Select, Stack, Switch, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, unwrap } from '../../../api/client';
import { required } from '../../../form/checks';
import { ConfirmDialog } from '../../../form/dialogs/ConfirmDialog';
import { FormActions } from '../../../form/FormActions';
import { useApiForm } from '../../../form/use-api-form';
import { t } from '../../../i18n/t';
import { refreshLists } from '../../../list/refresh';
import { useRight } from '../../../session/rights';
import { CopyText } from '../../../ui/CopyText';
import { Fields } from '../../../ui/Fields';
import { toastDone } from '../../../ui/toast';
import type { PaymentGateway } from './gateways-list';

interface GatewayFormProps {
  /** null: a new one */
  readonly gateway: PaymentGateway | null;
  readonly etag: string | null;
  readonly onClose: () => void;
}

interface Values extends Record<string, unknown> {
  readonly name: string;
  readonly kind: PaymentGateway['kind'];
  readonly url: string;
  readonly login: string;
  readonly currency: string;
  readonly active: boolean;
  /** empty: the current ones stay */
  readonly apiKey: string;
  readonly webhookSecret: string;
}

const kinds = ['http', 'authorize_net'] as const;

function valuesOf(gateway: PaymentGateway | null): Values {
  return {
    name: gateway?.name ?? '',
    kind: gateway?.kind ?? 'http',
    url: gateway?.url ?? '',
    login: gateway?.login ?? '',
    currency: gateway?.currency ?? 'USD',
    active: gateway?.active ?? true,
    apiKey: '',
    webhookSecret: '',
  };
}

/** A payment gateway. Its secrets are entered and never shown. */
export function GatewayForm({ gateway, etag, onClose }: GatewayFormProps) {
  const queries = useQueryClient();
  const right = useRight(gateway ? 'updatePaymentGateway' : 'createPaymentGateway');
  const form = useApiForm<Values, unknown>({
    initialValues: valuesOf(gateway),
    etag,
    toValues: (resource) => valuesOf(resource as PaymentGateway),
    validate: ({ name, url, currency, apiKey }) => ({
      '#/name': required(name),
      '#/url': required(url),
      '#/currency': required(currency),
      '#/apiKey': gateway ? null : required(apiKey),
    }),
    async save({ name, kind, url, login, currency, active, apiKey, webhookSecret }, version) {
      const fields = {
        name: name.trim(),
        kind,
        url: url.trim(),
        login: login.trim(),
        currency: currency.trim(),
        active,
      };
      const secret = webhookSecret === '' ? {} : { webhookSecret };
      if (!gateway) return unwrap(api.POST('/v1/payment-gateways', { body: { ...fields, apiKey, ...secret } }));
      const params = { path: { id: gateway.id }, header: { 'If-Match': version ?? '' } };
      const body = { ...fields, ...(apiKey !== '' && { apiKey }), ...secret };
      return unwrap(api.PATCH('/v1/payment-gateways/{id}', { params, body }));
    },
    async onSaved() {
      await refreshLists(queries, 'paymentGateways');
      onClose();
      toastDone(t('common.saved'));
    },
  });
  const keep = gateway ? t('gateways.apiKey.keep') : t('gateways.apiKey.hint');
  const isAuthorizeNet = form.values.kind === 'authorize_net';
  return (
    <form onSubmit={form.submit} noValidate>
      <Stack gap="md">
        {gateway && (
          <Fields
            rows={[
              [
                t('gateways.webhookUrl'),
                <CopyText
                  key="url"
                  value={new URL(gateway.webhookUrl, location.origin).href}
                  label={t('gateways.webhookUrl')}
                />,
              ],
            ]}
          />
        )}
        <TextInput label={t('common.name')} required autoComplete="off" {...form.field('#/name')} />
        <Select
          label={t('gateways.kind')}
          allowDeselect={false}
          data={kinds.map((value) => ({ value, label: t(`gateways.kind.${value}`) }))}
          comboboxProps={{ withinPortal: false }}
          {...form.field('#/kind')}
        />
        <TextInput
          label={t('gateways.url')}
          {...(isAuthorizeNet && { description: t('gateways.url.hint') })}
          type="url"
          required
          autoComplete="off"
          {...form.field('#/url')}
        />
        {isAuthorizeNet && <TextInput label={t('gateways.login')} autoComplete="off" {...form.field('#/login')} />}
        <TextInput
          label={t('gateways.currency')}
          description={t('gateways.currency.hint')}
          required
          maxLength={3}
          {...form.field('#/currency')}
        />
        <PasswordInput
          label={t(isAuthorizeNet ? 'gateways.transactionKey' : 'gateways.apiKey')}
          description={keep}
          required={!gateway}
          autoComplete="new-password"
          visibilityToggleButtonProps={{ 'aria-label': t('gateways.showSecret'), tabIndex: 0 }}
          {...form.field('#/apiKey')}
        />
        <PasswordInput
          label={t('gateways.webhookSecret')}
          description={gateway?.hasWebhookSecret ? keep : t('gateways.webhookSecret.hint')}
          autoComplete="new-password"
          visibilityToggleButtonProps={{ 'aria-label': t('gateways.showSecret'), tabIndex: 0 }}
          {...form.field('#/webhookSecret')}
        />
        <Switch label={t('gateways.active')} description={t('gateways.active.hint')} {...form.checkbox('#/active')} />
        {gateway && <DeleteGateway gateway={gateway} etag={etag ?? ''} onClose={onClose} />}
      </Stack>
      <FormActions
        form={form}
        blocked={right.reason}
        onCancel={onClose}
        save={t(gateway ? 'common.save' : 'gateways.new')}
      />
    </form>
  );
}

function DeleteGateway({
  gateway,
  etag,
  onClose,
}: {
  readonly gateway: PaymentGateway;
  readonly etag: string;
  readonly onClose: () => void;
}) {
  const [asking, setAsking] = useState(false);
  const right = useRight('deletePaymentGateway');
  const queries = useQueryClient();
  if (!right.allowed) return null;
  const { id, name } = gateway;
  const remove = async (): Promise<void> => {
    await unwrap(api.DELETE('/v1/payment-gateways/{id}', { params: { path: { id }, header: { 'If-Match': etag } } }));
    toastDone(t('gateways.deleted'));
    onClose();
    await refreshLists(queries, 'paymentGateways');
  };
  return (
    <>
      <Button
        variant="default"
        style={{ alignSelf: 'flex-start' }}
        leftSection={<IconTrash size={16} aria-hidden />}
        onClick={() => setAsking(true)}
      >
        {t('common.delete')}
      </Button>
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('gateways.delete.title', { name })}
        effect={t('gateways.delete.effect')}
        confirm={t('common.delete')}
        isDangerous
        onConfirm={remove}
      />
    </>
  );
}
