import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/** The texts that people read avoid words that have a standard term, and words that no operator would use. */

const root = path.join(__dirname, '../..');

interface Place {
  /** a file, or a folder with all below it */
  readonly path: string;
  readonly texts: (source: string) => string[];
}

/** Where to look. To check another folder, add its line. */
const places: readonly Place[] = [
  { path: 'web/src/i18n/en', texts: everyString },
  { path: 'src/cli', texts: prose },
  { path: 'local-stack/src/servers', texts: prose },
  { path: 'local-stack/src/start', texts: prose },
  { path: 'README.md', texts: markdown },
  { path: 'docs/contributing.md', texts: markdown },
  { path: 'docs/index.md', texts: markdown },
  { path: 'docs/quick-start.md', texts: markdown },
  { path: 'docs/roles.md', texts: markdown },
  { path: 'docs/web.md', texts: markdown },
];

interface Ban {
  readonly pattern: RegExp;
  readonly instead: string;
  /** a text that the pattern must find */
  readonly sample: string;
}

const ban = (pattern: RegExp, instead: string, sample: string): Ban => ({ pattern, instead, sample });

const bans: readonly Ban[] = [
  ban(/\b(nobody|somebody|everybody|anybody|whoever|whom)\b/i, 'the name of the actor', 'Nobody is notified'),
  ban(/\b(lend(s|ing)?|lent)\b/i, 'grant temporary credit', 'Lend credit'),
  ban(/\b(take[ns]?|took) (it |them |this )?back\b/i, 'cancel (by a person), revert (automatic)', 'Take it back now'),
  ban(/\bcall(s|ed)? off\b/i, 'cancel', 'The credit is called off.'),
  ban(/\bstart(s|ed)? over\b|\bre-?arm(s|ed)?\b/i, 'reset', 'The count starts over'),
  ban(/\bin force\b/i, 'current (a rate), active (a credit)', 'Rates in force'),
  ban(/\bmails\b|\bmailed\b|\bmailing\b/i, 'notifications, or to email', 'Failed mails'),
  ban(
    /\b(a|an|one|each|every|no|the|this|first|last|next|\d+) mail\b(?! server| client)/i,
    'an email',
    'Send the mail',
  ),
  ban(/\be-mails?\b/i, 'email', 'Billing e-mail'),
  ban(/\bnotices?\b/i, 'notification (a notice exists only in emails to clients)', 'Last notice'),
  ban(/\b(tells?|told|telling)\b/i, 'notify, show, or say', 'The client is told.'),
  ban(/\b(hears?|heard)\b/i, 'receive', 'Monitors hear of it later.'),
  ban(/\b(pokes?|poked)\b/i, 'signal', 'Monitors are poked.'),
  ban(/\bwatch(es|ed|er|ing)?\b/i, 'monitor', 'Clients that are watched'),
  ban(/\blook(s|ed)? (at|after)\b/i, 'check, view, or manage', 'Looks after clients'),
  ban(/\bcustomers?\b/i, 'client', 'New customer'),
  ban(/\bLow Balance Profiles?\b/, 'low balance profile', 'A Low Balance Profile'),
  ban(/\bpay terms\b/i, 'payment terms', 'Pay terms'),
  ban(/\bmoney\b/i, 'balance, or amount', 'Money lasts'),
  ban(/\b(books|booked|book a)\b/i, 'record', 'Payments that were booked'),
  ban(/\btwins?\b/i, 'the other rule', 'Its twin'),
  ban(/\banew\b/i, 'again, or a new …', 'Load anew'),
  ban(/\bby (itself|themselves)\b/i, 'automatically', 'It goes back by itself.'),
  ban(/\bof (its|their) own\b/i, 'its own …', 'A threshold of its own'),
  ban(/\b(goes|go|went) on\b/i, 'continue', 'Checks go on.'),
  ban(/\bstands?\b(?!-in|by)/i, 'is, or is shown', 'Stands in the audit'),
  ban(/\b(is|are) to be\b/i, 'must', 'What is to be done'),
  ban(/\bfor want of\b/i, 'without, or no', 'not watched for want of a rate'),
  ban(/\bas good as\b|\bas it stands\b/i, 'a plain statement', 'As good as done'),
  ban(/\b(thereby|meanwhile|anyhow)\b/i, 'nothing, or another sentence', 'Changed meanwhile'),
  ban(/\bbeside\b/i, 'next to, or besides', 'Credit beside the limit'),
  ban(/\bone's\b/i, 'your', "One's own limit"),
  ban(/\b(became|becomes|came) of\b/i, 'outcome, or details', 'What came of it'),
  ban(/\bno such\b/i, 'no matching …, or not found', 'No such currency'),
  ban(/\bof today\b|\bat first\b|\bfor ever\b/i, 'today’s, initially, forever', 'As it was at first'),
  ban(/\bat most\b/i, 'up to', 'At most 6 decimals'),
  ban(/\breword(s|ed)?\b/i, 'update', 'The state is reworded.'),
  ban(/\bsomething went wrong\b/i, 'what failed', 'Something went wrong.'),
  ban(/(^|\. )Write (an?|one)\b/, 'Enter', 'Write an amount.'),
  ban(/\bmay not\b/i, 'can’t', 'You may not do this.'),
  ban(/(\d|\}) %/, '% without a space', '{percent} % of the limit'),
  ban(/\bmax\. /i, 'max', 'Max. increase'),
  ban(/\b(colour|behaviour|favour|cancell(ed|ing)|normalis\w+|centre)\b/i, 'the US spelling', 'Credit cancelled'),
];

interface Exception {
  readonly file: string;
  /** the whole text */
  readonly text: string;
  readonly reason: string;
}

/** Texts that hold such a word for a reason. */
const exceptions: readonly Exception[] = [
  {
    file: 'docs/quick-start.md',
    text: 'Open the mailbox in another tab. It already shows emails from the first checks: Customer A, Customer B, and Voxbone were low when',
    reason: 'Names of demo clients, as the manuals have them.',
  },
];

/** Every string of a dictionary, without its keys. */
function everyString(source: string): string[] {
  const texts: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) return;
    if (ts.isPropertyAssignment(node)) return visit(node.initializer);
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)) {
      texts.push(node.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('texts.ts', source, ts.ScriptTarget.Latest));
  return texts;
}

/** The strings of code that a person reads: sentences and titles, not names and values. */
function prose(source: string): string[] {
  return everyString(source).filter((text) => /\s|^[A-Z][a-z]/.test(text));
}

/** The lines of a Markdown page without its code. */
function markdown(source: string): string[] {
  const words = source.replace(/^( *)```[\s\S]*?^\1```/gm, '').replace(/`[^`\n]*`/g, '');
  return words.split('\n');
}

function filesOf(place: string): string[] {
  if (statSync(path.join(root, place)).isFile()) return [place];
  const names = readdirSync(path.join(root, place), { recursive: true, encoding: 'utf8' });
  return names.filter((name) => /\.(ts|tsx|md)$/.test(name)).map((name) => path.posix.join(place, name));
}

interface Finding {
  readonly file: string;
  readonly text: string;
  readonly instead: string;
}

const findings: Finding[] = places.flatMap((place) =>
  filesOf(place.path).flatMap((file) =>
    place
      .texts(readFileSync(path.join(root, file), 'utf8'))
      .flatMap((text) => find(text).map((hit) => ({ file, ...hit }))),
  ),
);

function find(text: string): Omit<Finding, 'file'>[] {
  return bans.filter(({ pattern }) => pattern.test(text)).map(({ instead }) => ({ text, instead }));
}

const isExcepted = ({ file, text }: Finding): boolean =>
  exceptions.some((exception) => exception.file === file && exception.text === text);

describe('the texts that people read', () => {
  test.each(places.map((place) => place.path))('%s has texts to check', (place) => {
    const found = places.find(({ path: known }) => known === place);
    const texts = filesOf(place).flatMap((file) => found?.texts(readFileSync(path.join(root, file), 'utf8')) ?? []);
    expect(texts.length).toBeGreaterThan(0);
  });

  test('use the standard terms', () => {
    expect(findings.filter((finding) => !isExcepted(finding))).toEqual([]);
  });

  test('need each exception that is made', () => {
    const unneeded = exceptions.filter(
      ({ file, text }) => !findings.some((one) => one.file === file && one.text === text),
    );
    expect(unneeded).toEqual([]);
  });
});

describe('a banned word', () => {
  test.each(bans.map(({ pattern, sample }) => ({ pattern, sample })))('is found by $pattern', ({ pattern, sample }) => {
    expect(sample).toMatch(pattern);
  });

  test('is found in strings and templates of code, not in keys, names and comments', () => {
    const code = "// mails\nconst texts = { 'lent.mails': 'No mails yet', kind: `${n} mails`, value: 'mails' };";
    expect(prose(code).flatMap(find)).toHaveLength(2);
  });

  test('is found in Markdown, not in its code', () => {
    expect(markdown('Failed mails\n```\nmails\n```\nSee `mails`.').flatMap(find)).toHaveLength(1);
  });
});
