import { cutText } from './cut-text.js';
import type { WriteMessage } from './message.js';

/**
 * An incoming webhook of Slack with Block Kit. It answers `ok`, or an error such as `no_service` with a 4xx status.
 *
 * Slack reads `<...>` as links and mentions: every `&`, `<`, and `>` of the text is escaped, so that a client's name can
 * neither link nor call a channel. `verbatim` keeps Slack from adding links.
 */
export const writeSlackWebhook: WriteMessage = ({ title, text, link }, { url }) => ({
  url,
  headers: { 'content-type': 'application/json; charset=utf-8' },
  body: JSON.stringify({
    // Shown in the notification of a phone or desktop, in place of the blocks.
    text: cutEscaped(`${title}\n${text}`, maxText),
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: cutText(title, maxHeader), emoji: false } },
      { type: 'section', text: { type: 'mrkdwn', text: cutEscaped(text, maxText), verbatim: true } },
      ...(link ? [{ type: 'context', elements: [{ type: 'mrkdwn', text: linkText(link), verbatim: true }] }] : []),
    ],
    unfurl_links: false,
    unfurl_media: false,
  }),
});

const maxHeader = 150;
const maxText = 3000;

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

function escape(text: string): string {
  return text.replace(/[&<>]/g, (character) => entities[character] ?? character);
}

/** Cut before it is escaped, so that no entity is cut: shorter until what is escaped has room. */
function cutEscaped(text: string, max: number): string {
  let room = max;
  for (;;) {
    const escaped = escape(cutText(text, room));
    if (escaped.length <= max) return escaped;
    room = Math.min(room - 1, Math.floor((room * max) / escaped.length));
  }
}

/** A `|` would end the address. */
function linkText({ url, text }: { readonly url: string; readonly text: string }): string {
  return `<${escape(url.replaceAll('|', '%7C'))}|${escape(text)}>`;
}
