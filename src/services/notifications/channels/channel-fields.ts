import { DomainError } from '../../../domain/errors.js';
import { channelFormatSpecs, type ChannelField, type ChannelFormat } from '../../../domain/notifications/channels.js';

const fieldNames: readonly ChannelField[] = ['account', 'token', 'sender'];

/** @throws DomainError `invalid` for a field that the format needs and is empty, or that it does not have */
export function requireChannelFields(format: ChannelFormat, values: Readonly<Record<ChannelField, string>>): void {
  const { fields } = channelFormatSpecs[format];
  for (const name of fieldNames) {
    const isSet = values[name] !== '';
    if (fields[name] === 'required' && !isSet) {
      throw new DomainError('invalid', `must not be empty: the format ${format} needs it`, `/${name}`);
    }
    if (fields[name] === 'none' && isSet) {
      throw new DomainError('invalid', `must be empty: the format ${format} has none`, `/${name}`);
    }
  }
}
