/** Bounces as mail servers write them, of an email to `billing@client.example`; `id` is its Message-ID with angle brackets. */
export interface BounceSample {
  readonly name: string;
  /** what is known of the email, where it is not its Message-ID */
  readonly status: string;
  readonly detail: RegExp;
  raw(id: string): string;
}

export const to = 'billing@client.example';

const lines = (...text: readonly string[]): string => text.join('\r\n');

/** A multipart/report of three parts. */
function report(
  head: readonly string[],
  status: readonly string[],
  original: readonly string[],
  type = 'message/rfc822',
): string {
  return lines(
    ...head,
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary="=_B"',
    '',
    '--=_B\r\nContent-Type: text/plain; charset=utf-8\r\n',
    'Your message could not be delivered.',
    '',
    '--=_B\r\nContent-Type: message/delivery-status\r\n',
    ...status,
    '',
    `--=_B\r\nContent-Type: ${type}\r\n`,
    ...original,
    '',
    '--=_B--',
    '',
  );
}

const quoted = (id: string): string[] => [
  'From: Operator <billing@operator.example>',
  `To: ${to}`,
  'Subject: Low balance',
  `Message-ID: ${id}`,
  `X-Lowwater-ID: ${id}`,
  '',
  'Your balance is low.',
];

export const bounceSamples: readonly BounceSample[] = [
  {
    name: 'Postfix',
    status: '5.1.1',
    detail: /User unknown/,
    raw: (id) =>
      report(
        [
          'Return-Path: <>',
          'From: MAILER-DAEMON@mx.operator.example (Mail Delivery System)',
          'Subject: Undelivered Mail Returned to Sender',
        ],
        [
          'Reporting-MTA: dns; mx.operator.example\r\nX-Postfix-Queue-ID: 4XyZ\r\nX-Postfix-Sender: rfc822; bounces@operator.example',
          '',
          `Final-Recipient: rfc822; ${to}\r\nOriginal-Recipient: rfc822;${to}\r\nAction: failed\r\nStatus: 5.1.1`,
          `Remote-MTA: dns; mx.client.example\r\nDiagnostic-Code: smtp; 550 5.1.1 <${to}>: Recipient address\r\n    rejected: User unknown`,
        ],
        quoted(id),
      ),
  },
  {
    name: 'Exim with a report',
    status: '5.0.0',
    detail: /no such mailbox/i,
    raw: (id) =>
      report(
        ['X-Failed-Recipients: billing@client.example', 'From: Mail Delivery System <Mailer-Daemon@exim.example>'],
        [
          'Reporting-MTA: dns; exim.example',
          '',
          `Action: failed\r\nFinal-Recipient: rfc822;${to}\r\nStatus: 5.0.0`,
          'Remote-MTA: dns; mx.client.example\r\nDiagnostic-Code: smtp; 550 No such mailbox',
        ],
        quoted(id),
      ),
  },
  {
    name: 'Exim without a report',
    status: '',
    detail: /550 Unrouteable address/,
    raw: (id) =>
      lines(
        `X-Failed-Recipients: ${to}`,
        'From: Mail Delivery System <Mailer-Daemon@exim.example>',
        'Subject: Mail delivery failed: returning message to sender',
        '',
        'This message was created automatically by mail delivery software.',
        '',
        'A message that you sent could not be delivered to one or more of its',
        'recipients. This is a permanent error. The following address(es) failed:',
        '',
        `  ${to}`,
        '    SMTP error from remote mail server after RCPT TO:',
        '    550 Unrouteable address',
        '',
        '------ This is a copy of the message, including all the headers. ------',
        '',
        ...quoted(id),
      ),
  },
  {
    name: 'Exchange and Microsoft 365',
    status: '5.1.10',
    detail: /RecipientNotFound/,
    raw: (id) =>
      report(
        [`From: <postmaster@tenant.onmicrosoft.example>`, `In-Reply-To: ${id}`, 'Subject: Undeliverable: Low balance'],
        [
          'Reporting-MTA: dns;AS8PR01.prod.outlook.example\r\nReceived-From-MTA: dns;mail.operator.example',
          '',
          `Final-Recipient: rfc822;${to}\r\nAction: failed\r\nStatus: 5.1.10`,
          'Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found',
        ],
        // Tenants often leave out what was returned.
        ['Received: from mail.operator.example', 'Subject: Low balance'],
        'text/rfc822-headers',
      ),
  },
  {
    name: 'Gmail',
    status: '5.1.1',
    detail: /does not exist/,
    raw: (id) =>
      report(
        ['From: Mail Delivery Subsystem <mailer-daemon@googlemail.example>', `X-Failed-Recipients: ${to}`],
        [
          `Reporting-MTA: dns; googlemail.example\r\nArrival-Date: Mon, 2 Mar 2026 02:00:00 -0800 (PST)\r\nX-Original-Message-ID: ${id}`,
          '',
          `Final-Recipient: rfc822; ${to}\r\nAction: failed\r\nStatus: 5.1.1`,
          'Diagnostic-Code: smtp; 550-5.1.1 The email account that you tried to reach does not exist.',
        ],
        ['Subject: Low balance', ''],
        'text/rfc822-headers',
      ),
  },
  {
    name: 'Amazon SES, which replaces the Message-ID',
    status: '5.1.1',
    detail: /user unknown/,
    raw: (id) =>
      report(
        ['From: MAILER-DAEMON@amazonses.example', 'Subject: Delivery Status Notification (Failure)'],
        [
          'Reporting-MTA: dsn; a1-2.smtp-out.amazonses.example',
          '',
          `Action: failed\r\nFinal-Recipient: rfc822; ${to}\r\nDiagnostic-Code: smtp; 550 5.1.1 user unknown\r\nStatus: 5.1.1`,
        ],
        quoted(id).map((line) =>
          line.startsWith('Message-ID') ? 'Message-ID: <0100-ses@email.amazonses.example>' : line,
        ),
      ),
  },
  {
    name: 'qmail',
    status: '5.1.1',
    detail: /no mailbox here by that name/,
    raw: (id) =>
      lines(
        'From: MAILER-DAEMON@qmail.example',
        'Subject: failure notice',
        '',
        'Hi. This is the qmail-send program at qmail.example.',
        "I'm afraid I wasn't able to deliver your message to the following addresses.",
        "This is a permanent error; I've given up. Sorry it didn't work out.",
        '',
        `<${to}>:`,
        'Sorry, no mailbox here by that name. (#5.1.1)',
        '',
        '--- Below this line is a copy of the message.',
        '',
        'Return-Path: <bounces@operator.example>',
        ...quoted(id),
      ),
  },
];

export const delayed = (id: string): string =>
  report(
    ['From: MAILER-DAEMON@mx.operator.example'],
    ['Reporting-MTA: dns; mx', '', `Final-Recipient: rfc822; ${to}\r\nAction: delayed\r\nStatus: 4.4.1`],
    quoted(id),
  );

/** What anyone can write to the mailbox; none of it is about an email of ours. */
export const hostileMessages: Readonly<Record<string, string>> = {
  empty: '\r\n',
  'no header': 'x'.repeat(500),
  'an offer': lines('From: a@b.example', 'Subject: Buy', '', 'Cheap.'),
  'a report without an original': report(
    ['From: MAILER-DAEMON@evil.example'],
    ['Reporting-MTA: dns; evil', '', `Final-Recipient: rfc822; ${to}\r\nAction: failed\r\nStatus: 5.1.1`],
    ['Subject: none'],
  ),
  'a boundary that never ends': lines('Content-Type: multipart/report; boundary="B"', '', '--B', '--B', '--B'),
  'parts in parts': Array.from(
    { length: 2000 },
    (_, n) => `Content-Type: multipart/mixed; boundary="b${n}"\r\n\r\n--b${n}\r\n`,
  ).join(''),
  'a header of 200 kB': `Subject: ${'x'.repeat(200_000)}\r\n\r\nHello`,
  'nested groups of addresses': `To: ${'g:'.repeat(5000)}${';'.repeat(5000)}\r\n\r\nHello`,
  'bytes that are no text': `Content-Type: multipart/report; boundary="B"\r\n\r\n--B\r\nContent-Type: message/delivery-status\r\nContent-Transfer-Encoding: base64\r\n\r\n${'\u0000ÿ'.repeat(500)}\r\n--B--`,
  'a report with 5,000 recipients': report(
    ['From: MAILER-DAEMON@evil.example'],
    [
      'Reporting-MTA: dns; evil',
      ...Array.from(
        { length: 5000 },
        (_, n) => `\r\nFinal-Recipient: rfc822; a${n}@client.example\r\nAction: failed\r\nStatus: 5.1.1`,
      ),
    ],
    ['Message-ID: <nothing@of.ours>'],
  ),
};
