import type { MailKind } from '../domain/notifications/mail-kinds.js';
import { renderMail, type MailToRender } from './render.js';
import { channelTextKinds, channelTexts } from './templates/channel-texts.js';
import { languageOf } from './templates/index.js';

/**
 * Renders what a channel shows of a notification, with the same engine and guard as emails.
 *
 * @throws RangeError for a kind that no channel gets
 */
export function renderChannelText(message: Omit<MailToRender, 'template'>): string {
  const kind = channelTextKinds.find((known: MailKind) => known === message.kind);
  if (!kind) throw new RangeError(`${message.kind} has no text for channels`);
  const text = channelTexts[languageOf(message.locale)][kind];
  const rendered = renderMail({ ...message, template: { subject: 'channel', html: '', text } });
  if (rendered.fallback)
    throw new Error(`the text of ${kind} for channels does not render: ${rendered.fallback.reason}`);
  return rendered.text.trim();
}
