import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { channelFormats, type ChannelFormat } from '../../../src/domain/notifications/channels.js';
import type { ChannelConnection, ChannelMessage } from '../../../src/webhooks/channels/message.js';
import { smsSegments, smsText } from '../../../src/webhooks/channels/sms-text.js';
import { writers } from '../../../src/webhooks/channels/writers.js';

/** Each format against a recorded document, and its limits. */

interface RecordedCase {
  readonly format: ChannelFormat;
  readonly message: ChannelMessage;
  readonly connection: ChannelConnection;
  readonly request: { readonly url: string; readonly headers: object; readonly body: unknown };
}

const folder = path.join(__dirname, '..', '..', 'cases', 'channels');
const cases = readdirSync(folder).map(
  (name) => JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as RecordedCase,
);
const caseOf = (format: ChannelFormat): RecordedCase => {
  const found = cases.find((one) => one.format === format);
  if (!found) throw new Error(`no recorded case of ${format}`);
  return found;
};

function written(format: ChannelFormat, changes: Partial<ChannelMessage>): string {
  const { message, connection } = caseOf(format);
  return writers[format]({ ...message, ...changes }, connection).body;
}

test.each(channelFormats)('%s is written as its recorded document', (format) => {
  const { message, connection, request } = caseOf(format);
  const made = writers[format](message, connection);
  const body: unknown = typeof request.body === 'string' ? made.body : JSON.parse(made.body);
  expect({ ...made, body }).toEqual(request);
});

describe('Slack', () => {
  const blocks = (changes: Partial<ChannelMessage>) => JSON.parse(written('slack_webhook', changes));

  test('a client cannot link, mention, or call a channel', () => {
    const text = '<!channel> <@U1> <https://a.example|pay> & more';
    const { text: shown, blocks: made } = blocks({ text, title: 'Low' });
    const escaped = '&lt;!channel&gt; &lt;@U1&gt; &lt;https://a.example|pay&gt; &amp; more';
    expect(shown).toBe(`Low\n${escaped}`);
    expect(made[1].text).toEqual({ type: 'mrkdwn', text: escaped, verbatim: true });
  });

  test('a header has 150 characters, a section 3000 with its entities, none of them cut', () => {
    const { blocks: made } = blocks({ title: 'x'.repeat(200), text: '&'.repeat(4000) });
    expect(made[0].text.text).toBe(`${'x'.repeat(149)}…`);
    expect(made[1].text.text.length).toBeLessThanOrEqual(3000);
    expect(made[1].text.text).toMatch(/^(&amp;)+…$/);
  });

  test('no link where none is known, and no bar that would end it', () => {
    expect(blocks({ link: null }).blocks).toHaveLength(2);
    const [, , context] = blocks({ link: { url: 'https://a.example/?a=1&b=2|3', text: 'Open' } }).blocks;
    expect(context.elements[0].text).toBe('<https://a.example/?a=1&amp;b=2%7C3|Open>');
  });
});

describe('Teams', () => {
  const card = (changes: Partial<ChannelMessage>) =>
    JSON.parse(written('teams_workflow', changes)).attachments[0].content;

  test('text is in runs, which read no Markdown, one for each line', () => {
    const { body } = card({ text: '[pay](https://a.example)\n\n**now**' });
    expect(body.slice(1)).toEqual(
      ['[pay](https://a.example)', '**now**'].map((text) => ({
        type: 'RichTextBlock',
        inlines: [{ type: 'TextRun', text }],
      })),
    );
    expect(JSON.stringify(body)).not.toContain('"TextBlock"');
  });

  test('a message has at most 28 KB, whatever the text', () => {
    for (const text of ['😀'.repeat(20_000), 'я\n'.repeat(20_000), '"'.repeat(20_000)]) {
      const body = written('teams_workflow', { title: text, text });
      expect(Buffer.byteLength(body)).toBeLessThanOrEqual(28 * 1024);
    }
  });
});

describe('SMS', () => {
  test.each([
    ['GSM 7-bit', 'a'.repeat(160), 1],
    ['GSM 7-bit in two', 'a'.repeat(161), 2],
    ['extended characters count twice', '€'.repeat(81), 2],
    ['UCS-2', 'я'.repeat(70), 1],
    ['UCS-2 in two', 'я'.repeat(71), 2],
  ])('%s', (_, text, segments) => {
    expect(smsSegments(text)).toBe(segments);
    expect(smsText(text)).toBe(text);
  });

  test('a longer text is cut to three segments with the ellipsis of its alphabet', () => {
    expect(smsText('a'.repeat(500))).toBe(`${'a'.repeat(456)}...`);
    expect(smsText('я'.repeat(500))).toBe(`${'я'.repeat(200)}…`);
    const emoji = smsText('😀'.repeat(300));
    expect(emoji).toBe(`${'😀'.repeat(100)}…`);
    for (const text of ['€'.repeat(400), 'я '.repeat(300), '😀x'.repeat(300)]) {
      expect(smsSegments(smsText(text))).toBe(3);
    }
  });

  test('typographic characters do not make an English text UCS-2', () => {
    expect(smsText('Client “A” – 1\u00a0000.00 USD…')).toBe('Client "A" - 1 000.00 USD...');
  });

  test('a messaging service of Twilio is named as such', () => {
    const { message, connection } = caseOf('sms_twilio');
    const sender = `MG${'0'.repeat(32)}`;
    const form = new URLSearchParams(writers.sms_twilio(message, { ...connection, sender }).body);
    expect([form.get('MessagingServiceSid'), form.get('From')]).toEqual([sender, null]);
  });
});
