import type { ChannelFormat } from '../../domain/notifications/channels.js';
import type { WriteMessage } from './message.js';
import { writeSlackWebhook } from './slack-webhook.js';
import { writeSmsJson } from './sms-json.js';
import { writeSmsTwilio } from './sms-twilio.js';
import { writeTeamsWorkflow } from './teams-workflow.js';

export const writers: Readonly<Record<ChannelFormat, WriteMessage>> = {
  slack_webhook: writeSlackWebhook,
  teams_workflow: writeTeamsWorkflow,
  sms_json: writeSmsJson,
  sms_twilio: writeSmsTwilio,
};
