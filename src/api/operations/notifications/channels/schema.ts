import {
  channelFormats,
  channelFormatSpecs,
  channelKinds,
  kindOf,
  type ChannelFormat,
} from '../../../../domain/notifications/channels.js';
import type { ChannelRow } from '../../../../storage/notifications/channels.js';
import { patchShape } from '../../../contract/patch-shape.js';
import { idText, line, pathId, reference, timeString, timeText } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';

/** Slack, Microsoft Teams, and SMS gateways that rules notify (docs/notification-channels.md). */

export const channelParams = z.strictObject({ id: pathId });

const usual = channelFormats.filter((format) => channelFormatSpecs[format].usualUrl !== null);

const fields = {
  name: line(100).openapi({ description: 'Unique within the reseller', example: 'NOC' }),
  enabled: z.boolean().openapi({ description: 'While it is off, rules do not notify it' }).default(true),
  account: z
    .string()
    .max(100)
    .regex(/^[\x21-\x7e]*$/, 'must have no spaces')
    .openapi({ description: 'Account SID of Twilio; empty for the other formats', example: '' })
    .default(''),
  sender: z
    .string()
    .max(40)
    .regex(/^[\x20-\x7e]*$/, 'must have Latin letters, digits, and signs only')
    .openapi({
      description: 'Phone number or name from which an SMS comes; of Twilio also the id of a messaging service (`MG…`)',
      example: '',
    })
    .default(''),
};

const url = z.string().min(1).max(2000).openapi({
  format: 'password',
  description: 'HTTPS address of the webhook or gateway; never shown, except its host',
  example: 'https://hooks.slack.com/services/T0000/B0000/XXXX',
});
const token = z
  .string()
  .max(500)
  .regex(/^[\x21-\x7e]*$/, 'must have no spaces')
  .openapi({
    format: 'password',
    description: 'Auth token of Twilio, or bearer token of a gateway; empty: none. Never shown',
    example: '',
  });

const format = z.enum(channelFormats).openapi({
  description:
    '`slack_webhook`: incoming webhook of Slack · `teams_workflow`: workflow of Microsoft Teams · `sms_json`: SMS gateway ' +
    'with JSON · `sms_twilio`: Messages API of Twilio',
});

export const channelBody = z
  .strictObject({
    ...fields,
    format,
    url: url.optional().openapi({
      description: `HTTPS address of the webhook or gateway; never shown, except its host. Needed except for ${usual.join(', ')}`,
    }),
    token: token.default(''),
    resellerId: reference.optional().openapi({ description: 'Whose it is; default: your reseller' }),
  })
  .openapi('NotificationChannelInput');

export const channelPatch = z.strictObject(patchShape({ ...fields, url, token })).openapi('NotificationChannelPatch');

export const channelSchema = z
  .strictObject({
    id: idText,
    resellerId: idText,
    resellerName: z.string(),
    name: z.string(),
    kind: z.enum(channelKinds),
    format,
    enabled: z.boolean(),
    host: z.string().openapi({ description: 'Of its address', example: 'hooks.slack.com' }),
    account: z.string(),
    sender: z.string(),
    hasToken: z.boolean(),
    profiles: z.int().openapi({ description: 'Profiles that notify it, as far as you see them' }),
    companies: z.int().openapi({ description: 'Companies whose alarms go to it, as far as you see them' }),
    version: z.int(),
    createdAt: timeString,
    updatedAt: timeString,
  })
  .openapi('NotificationChannel');

export function channelJson(row: ChannelRow): z.input<typeof channelSchema> {
  const { id, resellerId, resellerName, name, enabled, host, account, sender, hasToken, version } = row;
  const { profiles, companies } = row;
  return {
    ...{ id, resellerId, resellerName, name, kind: kindOf(row.format), format: row.format, enabled, host, account },
    ...{ sender, hasToken, profiles, companies, version },
    createdAt: timeText(row.createdAt),
    updatedAt: timeText(row.updatedAt),
  };
}

/** Null: the format has none, so that the caller has to name one. */
export function usualUrlOf(of: ChannelFormat): string | null {
  return channelFormatSpecs[of].usualUrl;
}
