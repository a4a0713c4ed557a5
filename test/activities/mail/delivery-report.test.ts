import { hostileMessages } from '../../support/mail/bounce-corpus.js';
import { readDeliveryReport } from '../../../src/mail/bounces/delivery-report.js';

const report = (status: string, original: string, type = 'text/rfc822-headers'): string =>
  [
    'From: MAILER-DAEMON@mx.example',
    'To: billing@operator.example',
    'Subject: Undelivered Mail Returned to Sender',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary="=_B"',
    '',
    '--=_B',
    'Content-Type: text/plain; charset=us-ascii',
    '',
    'Your message could not be delivered.',
    '--=_B',
    'Content-Type: message/delivery-status',
    '',
    status,
    '--=_B',
    `Content-Type: ${type}`,
    '',
    original,
    '--=_B--',
    '',
  ].join('\r\n');

const original = ['Return-Path: <x@operator.example>', 'Message-ID:', ' <1f0c@lowwater.example>', 'Subject: Low'].join(
  '\r\n',
);

/** After the example of RFC 3464, appendix E. */
const failed = [
  'Reporting-MTA: dns; mx.example',
  'Arrival-Date: Mon, 2 Mar 2026 10:00:00 +0000',
  '',
  'Original-Recipient: rfc822;billing@client.example',
  'Final-Recipient: RFC822; b.illing@forwarded.example',
  'Action: Failed',
  'Status: 5.1.1 (bad destination mailbox)',
  'Diagnostic-Code: smtp; 550 5.1.1 User unknown;',
  '    try again never',
].join('\r\n');

test('a report says which message came back, from which address, and why', async () => {
  const recipient = {
    address: 'billing@client.example',
    action: 'failed',
    status: '5.1.1',
    diagnostic: '550 5.1.1 User unknown; try again never',
  };
  for (const type of ['text/rfc822-headers', 'message/rfc822']) {
    const read = await readDeliveryReport(report(failed, `${original}\r\n\r\nHello`, type));
    expect(read).toEqual({
      messageIds: ['<1f0c@lowwater.example>'],
      recipients: [recipient],
      returnedTo: ['billing@operator.example'],
    });
  }
});

test('a report can be about several recipients, and about a delay', async () => {
  const second = 'Final-Recipient: rfc822; second@client.example\r\nAction: delayed\r\nStatus: 4.4.1';
  const read = await readDeliveryReport(report(`${failed}\r\n\r\n${second}\r\n`, 'Subject: no id'));
  expect(read?.messageIds).toEqual([]);
  expect(read?.recipients.map(({ address, action, status }) => [address, action, status])).toEqual([
    ['billing@client.example', 'failed', '5.1.1'],
    ['second@client.example', 'delayed', '4.4.1'],
  ]);
});

test.each([
  ['another email', 'Subject: hello\r\n\r\nnot a report'],
  ['nothing', ''],
])('%s is no report', async (_what, raw) => {
  expect(await readDeliveryReport(raw)).toBeNull();
});

test('a recipient without an address or an action is left out', async () => {
  const status = 'Reporting-MTA: dns; mx.example\r\n\r\nFinal-Recipient: x400; nonsense\r\nAction: failed';
  expect((await readDeliveryReport(report(status, original)))?.recipients).toEqual([]);
});

test.each(Object.entries(hostileMessages))('%s is no report about an email of ours', async (_what, raw) => {
  const read = await readDeliveryReport(Buffer.from(raw)).catch((error: unknown) => error);
  if (!(read instanceof Error))
    expect((read as { messageIds?: string[] } | null)?.messageIds ?? []).not.toContain('<1f0c@lowwater.example>');
});
