import { Checkbox, PasswordInput, Select, Stack, Switch, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { api, unwrap } from '../../../api/client';
import { channelFormats } from '../../../api/kinds';
import { required } from '../../../form/checks';
import { FormActions } from '../../../form/FormActions';
import { ResellerPicker } from '../../../form/inputs/pickers';
import { useApiForm, type ApiForm } from '../../../form/use-api-form';
import { t } from '../../../i18n/t';
import { useRight } from '../../../session/rights';
import { useMe } from '../../../session/session';
import { toastDone } from '../../../ui/toast';
import { formats, formatText, refreshChannels, type Channel, type ChannelFormat } from './queries';

interface ChannelFormProps {
  /** null: a new one */
  readonly channel: Channel | null;
  readonly etag: string | null;
  readonly onClose: () => void;
  /** gets the id of a new one */
  readonly onCreated: (id: string) => void;
}

interface Values extends Record<string, unknown> {
  readonly name: string;
  readonly format: ChannelFormat;
  readonly resellerId: string;
  /** empty: the current one stays; for a new one that of the provider */
  readonly url: string;
  readonly account: string;
  /** empty: the current one stays */
  readonly token: string;
  readonly removeToken: boolean;
  readonly sender: string;
  readonly enabled: boolean;
}

const secrets = { url: '', token: '', removeToken: false };

const valuesOf = ({ name, format, resellerId, account, sender, enabled }: Channel): Values => ({
  ...{ name, format, resellerId, account, sender, enabled },
  ...secrets,
});

/** A notification channel. Its address and token are entered and never shown. */
export function ChannelForm({ channel, etag, onClose, onCreated }: ChannelFormProps) {
  const queries = useQueryClient();
  const me = useMe();
  const right = useRight(channel ? 'updateNotificationChannel' : 'createNotificationChannel');
  const form = useApiForm<Values, string | null>({
    initialValues: channel
      ? valuesOf(channel)
      : {
          ...{ name: '', format: 'slack_webhook', resellerId: me.resellerId, account: '', sender: '', enabled: true },
          ...secrets,
        },
    etag,
    ...(channel && { subject: { type: 'notification_channel', id: channel.id } }),
    toValues: (resource) => valuesOf(resource as Channel),
    validate(values) {
      const { fields, hasUsualUrl } = channelFormats[values.format];
      return {
        '#/name': required(values.name),
        '#/resellerId': required(values.resellerId),
        '#/url': channel || hasUsualUrl ? null : required(values.url),
        '#/account': fields.account === 'required' ? required(values.account) : null,
        '#/token': fields.token === 'required' && !channel?.hasToken ? required(values.token) : null,
        '#/sender': fields.sender === 'required' ? required(values.sender) : null,
      };
    },
    async save(values, version) {
      if (!channel) return (await unwrap(api.POST('/v1/notification-channels', { body: newBody(values) }))).id;
      const params = { path: { id: channel.id }, header: { 'If-Match': version ?? '' } };
      await unwrap(api.PATCH('/v1/notification-channels/{id}', { params, body: patchOf(values) }));
      return null;
    },
    async onSaved(id) {
      await refreshChannels(queries);
      toastDone(id === null ? t('common.saved') : t('channels.created', { name: form.values.name.trim() }));
      if (id === null) onClose();
      else onCreated(id);
    },
  });
  return (
    <form onSubmit={form.submit} noValidate>
      <Stack gap="md">
        <TextInput
          label={t('common.name')}
          description={t('channels.nameHint')}
          required
          autoComplete="off"
          maxLength={100}
          {...form.field('#/name')}
        />
        <Select
          label={t('channels.format')}
          {...(channel && { description: t('channels.formatStays') })}
          allowDeselect={false}
          data={formats.map((value) => ({ value, label: formatText(value) }))}
          comboboxProps={{ withinPortal: false }}
          {...form.field('#/format')}
          disabled={channel !== null}
        />
        <Connection form={form} channel={channel} />
        {!channel && (
          <ResellerPicker
            label={t('events.reseller')}
            description={t('channels.resellerHint')}
            required
            clearable={false}
            {...form.field('#/resellerId')}
          />
        )}
        <Switch label={t('channels.enabled')} description={t('channels.enabledHint')} {...form.checkbox('#/enabled')} />
      </Stack>
      <FormActions
        form={form}
        blocked={right.reason}
        onCancel={onClose}
        save={t(channel ? 'common.save' : 'channels.create')}
      />
    </form>
  );
}

interface ConnectionProps {
  readonly form: ApiForm<Values>;
  readonly channel: Channel | null;
}

/** What the format needs, as its provider names it. */
function Connection({ form, channel }: ConnectionProps) {
  const { format, removeToken } = form.values;
  const { fields, hasUsualUrl } = channelFormats[format];
  const urlHint = channel ? t('channels.url.keep', { host: channel.host }) : t(`channels.url.${format}`);
  const hasToken = channel?.hasToken ?? false;
  const isTokenNeeded = fields.token === 'required';
  const show = { 'aria-label': t('channels.showSecret'), tabIndex: 0 };
  return (
    <>
      <PasswordInput
        label={t('channels.url')}
        description={urlHint}
        required={!channel && !hasUsualUrl}
        autoComplete="new-password"
        visibilityToggleButtonProps={show}
        {...form.field('#/url')}
      />
      {fields.account !== 'none' && (
        <TextInput
          label={t('channels.account')}
          description={t('channels.accountHint')}
          required
          autoComplete="off"
          maxLength={100}
          {...form.field('#/account')}
        />
      )}
      {fields.token !== 'none' && (
        <PasswordInput
          label={t(isTokenNeeded ? 'channels.authToken' : 'channels.token')}
          description={t(
            hasToken ? 'channels.token.keep' : isTokenNeeded ? 'channels.token.twilio' : 'channels.token.hint',
          )}
          required={isTokenNeeded && !hasToken}
          autoComplete="new-password"
          visibilityToggleButtonProps={show}
          {...form.field('#/token')}
          disabled={removeToken}
        />
      )}
      {fields.token === 'optional' && hasToken && (
        <Checkbox label={t('channels.token.remove')} {...form.checkbox('#/removeToken')} />
      )}
      {fields.sender !== 'none' && (
        <TextInput
          label={t('channels.sender')}
          description={t(fields.sender === 'required' ? 'channels.sender.twilio' : 'channels.sender.hint')}
          required={fields.sender === 'required'}
          autoComplete="off"
          maxLength={40}
          {...form.field('#/sender')}
        />
      )}
    </>
  );
}

/** What another format was given before the format was chosen is left out. */
function newBody({ name, format, resellerId, url, account, token, sender, enabled }: Values) {
  const { fields } = channelFormats[format];
  return {
    ...{ name: name.trim(), format, resellerId, enabled },
    ...(url.trim() !== '' && { url: url.trim() }),
    ...(fields.account !== 'none' && { account: account.trim() }),
    ...(fields.token !== 'none' && { token: token.trim() }),
    ...(fields.sender !== 'none' && { sender: sender.trim() }),
  };
}

function patchOf({ name, url, account, token, removeToken, sender, enabled }: Values) {
  return {
    ...{ name: name.trim(), account: account.trim(), sender: sender.trim(), enabled },
    ...(url.trim() !== '' && { url: url.trim() }),
    ...(removeToken ? { token: '' } : token.trim() !== '' && { token: token.trim() }),
  };
}
