import { CloseButton, Group, Input, Paper, Select, Stack, Text, TextInput } from '@mantine/core';
import { IconAlertTriangle, IconPlayerPause } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { t } from '../../i18n/t';
import { ChannelName } from '../../ui/badges/ChannelName';
import { ToneBadge } from '../../ui/badges/ToneBadge';
import { channelKindLabel } from '../../ui/text/channel-text';
import { pathOf, type Pointer } from '../pointer';
import type { ApiForm, FieldProps } from '../use-api-form';
import { plainPhone } from './parse-phone';
import { useChannels, useChannelSearch, type Channel } from './use-channels';

/** A recipient as a form holds it: an SMS channel with a phone number, which is empty until it is typed. */
interface ChannelRecipient {
  channelId: string;
  /** null: the channel is the address */
  address: string | null;
}

interface ChannelsInputProps<Values extends Record<string, unknown>> {
  readonly form: ApiForm<Values>;
  /** of the list of recipients: `#/clientRule/channels` */
  readonly pointer: Pointer;
  /** who may use the channels that are offered */
  readonly resellerId: string;
}

const maxChannels = 20;

/** Channels that are notified besides email addresses, SMS channels each with a phone number. */
export function ChannelsInput<Values extends Record<string, unknown>>(props: ChannelsInputProps<Values>): ReactNode {
  const { form, pointer, resellerId } = props;
  const { id, value, onChange, error }: FieldProps<unknown> = form.field(pointer);
  const recipients = value as readonly ChannelRecipient[];
  const channels = useChannels(
    resellerId,
    recipients.map(({ channelId }) => channelId),
  );
  const add = ({ id: channelId, kind }: Channel): void => {
    onChange([...recipients, { channelId, address: kind === 'sms' ? '' : null }]);
  };
  return (
    <Stack gap={6} role="group" aria-label={t('form.channels')}>
      <ChannelSelect id={id} resellerId={resellerId} chosen={recipients} onAdd={add} />
      {error && <Input.Error>{error}</Input.Error>}
      {recipients.map((recipient, index) => (
        <ChannelRow
          key={index}
          recipient={recipient}
          channel={channels && (channels.get(recipient.channelId) ?? null)}
          channelField={form.field(`${pointer}/${index}/channelId`)}
          addressField={form.field(`${pointer}/${index}/address`)}
          onRemove={() => form.mantine.removeListItem(pathOf(pointer), index)}
        />
      ))}
    </Stack>
  );
}

interface ChannelSelectProps {
  readonly id: string;
  readonly resellerId: string;
  readonly chosen: readonly ChannelRecipient[];
  readonly onAdd: (channel: Channel) => void;
}

/** Adds one with each choice. A channel without addresses is offered once. */
function ChannelSelect({ id, resellerId, chosen, onAdd }: ChannelSelectProps): ReactNode {
  const [text, setText] = useState('');
  const { options, isSearching } = useChannelSearch(resellerId, text);
  const offered = options.filter(
    (option) => option.kind === 'sms' || !chosen.some(({ channelId }) => channelId === option.id),
  );
  const choose = (chosenId: string | null): void => {
    const channel = offered.find((option) => option.id === chosenId);
    if (channel) onAdd(channel);
    setText('');
  };
  return (
    <Select
      id={id}
      label={t('form.channels')}
      placeholder={t('form.channels.add')}
      description={t('form.channels.hint')}
      searchable
      disabled={chosen.length >= maxChannels}
      data={offered.map((option) => ({ value: option.id, label: optionLabel(option) }))}
      filter={({ options: found }) => found}
      searchValue={text}
      onSearchChange={setText}
      nothingFoundMessage={isSearching ? t('form.picker.searching') : t('form.channels.none')}
      comboboxProps={{ withinPortal: false }}
      value={null}
      onChange={choose}
    />
  );
}

const optionLabel = ({ name, kind }: Channel): string => `${name} (${channelKindLabel(kind)})`;

interface ChannelRowProps {
  readonly recipient: ChannelRecipient;
  /** undefined: not known yet; null: deleted, or not one that the reseller may use */
  readonly channel: Channel | null | undefined;
  readonly channelField: FieldProps<unknown>;
  readonly addressField: FieldProps<unknown>;
  readonly onRemove: () => void;
}

function ChannelRow({ recipient, channel, channelField, addressField, onRemove }: ChannelRowProps): ReactNode {
  const name = channel?.name ?? t('form.channels.unknown', { id: recipient.channelId });
  return (
    <Paper withBorder p="xs">
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <Group gap="xs">
          {channel === undefined ? (
            <Text size="sm">{name}</Text>
          ) : (
            <ChannelName name={name} kind={channel?.kind ?? null} />
          )}
          {channel?.enabled === false && (
            <ToneBadge tone="amber" icon={IconPlayerPause}>
              {t('form.channels.disabled')}
            </ToneBadge>
          )}
        </Group>
        <CloseButton
          id={channelField.id}
          aria-label={t('form.channels.remove', {
            name: recipient.address ? `${name}, ${recipient.address}` : name,
          })}
          onClick={onRemove}
        />
      </Group>
      {channel === null && (
        <Group gap={6} wrap="nowrap" align="flex-start">
          <IconAlertTriangle size={16} aria-hidden style={{ flex: 'none' }} />
          <Text size="xs">{t('form.channels.unusable')}</Text>
        </Group>
      )}
      {channelField.error && <Input.Error>{channelField.error}</Input.Error>}
      {recipient.address !== null && (
        <TextInput
          mt={6}
          size="xs"
          type="tel"
          label={t('form.channels.phone')}
          placeholder="+380501234567"
          autoComplete="off"
          maxLength={40}
          {...addressField}
          value={recipient.address}
          onChange={(event) => addressField.onChange(plainPhone(event.currentTarget.value))}
        />
      )}
      {recipient.address === null && addressField.error && <Input.Error>{addressField.error}</Input.Error>}
    </Paper>
  );
}
