import { cutText } from './cut-text.js';
import type { WriteMessage } from './message.js';

/**
 * A workflow of Microsoft Teams that starts "when a webhook request is received": a message with one Adaptive Card. It
 * answers 202. A message has at most 28 KB.
 *
 * Text is written as `TextRun`, which reads no Markdown: a client's name can neither link nor format.
 */
export const writeTeamsWorkflow: WriteMessage = ({ title, text, link }, { url }) => ({
  url,
  headers: { 'content-type': 'application/json; charset=utf-8' },
  body: JSON.stringify({
    type: 'message',
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        contentUrl: null,
        content: {
          $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
          type: 'AdaptiveCard',
          version: '1.4',
          body: [
            richText({ type: 'TextRun', text: cutText(title, maxTitle), weight: 'Bolder', size: 'Medium' }),
            ...linesOf(cutText(text, maxText)).map((line) => richText({ type: 'TextRun', text: line })),
          ],
          actions: link ? [{ type: 'Action.OpenUrl', title: link.text, url: link.url }] : [],
        },
      },
    ],
  }),
});

const maxTitle = 200;
const maxText = 4000;
const maxLines = 40;

function richText(run: object): object {
  return { type: 'RichTextBlock', inlines: [run] };
}

/** A run has no line breaks. */
function linesOf(text: string): string[] {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  return lines.length <= maxLines ? lines : [...lines.slice(0, maxLines - 1), '…'];
}
