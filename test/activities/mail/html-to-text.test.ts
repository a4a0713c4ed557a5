import { htmlToText } from '../../../src/mail/html-to-text.js';

test.each([
  ['words', '<p>Hello <b>you</b>,</p><p>it is\n  low.</p>', 'Hello you,\n\nit is low.'],
  ['line breaks', 'a<br>b<div>c</div><div>d</div>', 'a\nb\nc\nd'],
  ['headings as they are written', '<h1>Low balance</h1><h3>What now</h3><p>Pay</p>', 'Low balance\n\nWhat now\n\nPay'],
  ['lists', '<p>Do:</p><ul><li>pay<li>call</ul><ol><li>a</li><li>b</li></ol>', 'Do:\n\n- pay\n- call\n\n 1. a\n 2. b'],
  [
    'tables, a line for each row',
    '<table><tr><th>Balance</th><td>-12.40</td></tr><tr><td>Credit limit</td><td>0.00</td></tr></table><p>End</p>',
    'Balance  -12.40\nCredit limit  0.00\n\nEnd',
  ],
  [
    'tables that only lay out the page',
    '<table><tr><td><table><tr><td><p>One</p></td></tr><tr><td>&nbsp;</td></tr></table></td></tr><tr><td>Two</td></tr></table>',
    'One\n\nTwo',
  ],
  [
    'links with their address',
    '<a href="https://x.example/?a=1&amp;b=2">Open</a>',
    'Open (https://x.example/?a=1&b=2)',
  ],
  ['a link that is its own address', '<a href="https://x.example">https://x.example</a>', 'https://x.example'],
  ['an address of a person once', '<a href="mailto:a@x.example">a@x.example</a>', 'a@x.example'],
  ['pictures by their words', 'By <img alt="Operator" src="https://x.example/l.png">', 'By Operator'],
  ['entities', '5 &lt; 6 &amp; 7&nbsp;&euro; &#1075;&#x1F98A; &mdash; &eacute;', '5 < 6 & 7\u00a0€ г🦊 — é'],
  ['an entity that is none as it stands', '&xnone; & &amp;lt; AT&T', '&xnone; & &lt; AT&T'],
  [
    'no code, style, title or comment',
    '<title>T</title><style>p{}</style><script>x()</script>a<!-- <p>no</p> -->b',
    'Tab',
  ],
  ['nothing of a head', '<html><head><title>T</title><style>p{}</style></head><body>a</body></html>', 'a'],
  ['nothing that readers of the HTML do not see', '<div style="margin:0;display:none">preview</div>seen', 'seen'],
  ['tags that are left open', '<div><b>bold<p>next', 'bold\n\nnext'],
  ['what is no tag', 'a < b, 1<2', 'a < b, 1<2'],
  ['nothing', '', ''],
])('shows %s', (_, html, text) => expect(htmlToText(html)).toBe(`${text}\n`));

test('breaks lines where mail programs do, but no link', () => {
  const address = `https://x.example/${'a'.repeat(120)}`;
  const lines = htmlToText(`<p>${'some words '.repeat(40)}</p><a href="${address}">Open</a>`).split('\n');
  expect(Math.max(...lines.filter((line) => !line.includes('https')).map((line) => line.length))).toBeLessThanOrEqual(
    78,
  );
  expect(lines.some((line) => line.includes(address))).toBe(true);
});

/** As much as a template can make: 256 KiB. */
const size = 256 * 1024;
const full = (piece: string): string => piece.repeat(Math.floor(size / piece.length));

test.each([
  '<div>',
  '<b>x',
  '<a>',
  '<p>x</p>',
  '<table><tr><td>',
  '<ul><li>x',
  '<blockquote>x',
  '<td>x',
  '</div>',
  '<div></x>',
  '<a href="',
  '<!--',
  '<script>',
  '<style>',
  '<![CDATA[',
  '<',
  '&',
  '&lt;',
  '&nbsp;',
  '&#1;',
  'x',
  'x ',
  '\n',
  '\0',
  '\u{1F98A}',
  '\ud83e',
])('takes %j over and over', (piece) => {
  const text = htmlToText(full(piece));
  expect(text.endsWith('\n')).toBe(true);
  expect(text.length).toBeLessThan(3 * size);
});

test('says that it ends before the HTML does', () => {
  expect(htmlToText(`start ${full('<i>x</i> ')}`)).toMatch(/^start [x\s]+\n…\n$/);
});

test('keeps a long table whole', () => {
  const rows = Array.from({ length: 4000 }, (_, index) => `<tr><td>${index}</td><td>x</td></tr>`);
  expect(htmlToText(`<table>${rows.join('')}</table>`).split('\n')).toHaveLength(4001);
});
