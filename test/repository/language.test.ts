import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/** The texts that people read avoid words that have a standard term, and words that no operator would use. */

const root = path.join(__dirname, '../..');

interface Place {
  /** a file, or a folder with all below it */
  readonly path: string;
  readonly texts: (source: string, file: string) => string[];
}

/** Where to look. To check another folder, add its line. */
const places: readonly Place[] = [
  { path: 'web/src/i18n/en', texts: everyString },
  { path: 'src', texts: prose },
  { path: 'local-stack/src', texts: prose },
  { path: 'scripts', texts: prose },
  { path: 'bench', texts: prose },
  { path: 'eslint.config.mjs', texts: prose },
  { path: 'README.md', texts: markdown },
  { path: 'CHANGELOG.md', texts: markdown },
  { path: 'docs', texts: markdown },
  { path: 'deploy', texts: lines },
  { path: 'docker-compose.yml', texts: lines },
  { path: 'src/storage/migrations', texts: lines },
];

/** Where the comments are checked too, by the words that have nothing to do with what a reader of a text expects. */
const commented: readonly Place[] = ['src', 'web/src', 'local-stack/src', 'scripts', 'bench', 'test'].map((folder) => ({
  path: folder,
  texts: comments,
}));

interface Ban {
  readonly pattern: RegExp;
  readonly instead: string;
  /** a text that the pattern must find */
  readonly sample: string;
  /** true: comments may use it, as in "at most one row per client" */
  readonly isFineInComments: boolean;
}

const ban = (pattern: RegExp, instead: string, sample: string): Ban => ({
  pattern,
  instead,
  sample,
  isFineInComments: false,
});

const textBan = (pattern: RegExp, instead: string, sample: string): Ban => ({
  pattern,
  instead,
  sample,
  isFineInComments: true,
});

const bans: readonly Ban[] = [
  ban(/\b(nobody|somebody|everybody|anybody|whoever|whom)\b/i, 'the name of the actor', 'Nobody is notified'),
  ban(/\b(lend(s|ing)?|lent)\b/i, 'grant temporary credit', 'Lend credit'),
  ban(/\b(take[ns]?|took) (it |them |this )?back\b/i, 'cancel (by a person), revert (automatic)', 'Take it back now'),
  ban(/\bcall(s|ed)? off\b/i, 'cancel', 'The credit is called off.'),
  ban(/\bstart(s|ed)? over\b|\bre-?arm(s|ed)?\b/i, 'reset', 'The count starts over'),
  ban(/\bin force\b/i, 'current (a rate), active (a credit)', 'Rates in force'),
  ban(/\bmails\b|\bmailed\b|\bmailing\b/i, 'notifications, or to email', 'Failed mails'),
  ban(
    /\b(a|an|one|each|every|no|the|this|first|last|next|\d+) mail\b(?! server| client| program| system)/i,
    'an email',
    'Send the mail',
  ),
  ban(/\be-mails?\b/i, 'email', 'Billing e-mail'),
  textBan(/\bnotices?\b/i, 'notification (a notice exists only in emails to clients)', 'Last notice'),
  ban(/\b(tells?|told|telling)\b/i, 'notify, show, or say', 'The client is told.'),
  ban(/\b(hears?|heard)\b/i, 'receive', 'Monitors hear of it later.'),
  ban(/\b(pokes?|poked)\b/i, 'signal', 'Monitors are poked.'),
  ban(/\bwatch(es|ed|er|ing)?\b/i, 'monitor', 'Clients that are watched'),
  ban(/\blook(s|ed)? (at|after)\b/i, 'check, view, or manage', 'Looks after clients'),
  textBan(/\bcustomers?\b(?! class)/i, 'client (a customer class is what the manuals call it)', 'New customer'),
  ban(/\bLow Balance Profiles?\b/, 'low balance profile', 'A Low Balance Profile'),
  ban(/\bpay terms\b/i, 'payment terms', 'Pay terms'),
  textBan(/\bmoney\b/i, 'balance, or amount', 'Money lasts'),
  textBan(/\b(books|booked|book a)\b/i, 'record', 'Payments that were booked'),
  textBan(/\btwins?\b/i, 'the other rule', 'Its twin'),
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
  ban(/\bof today\b(?!['’]s)|\bat first\b|\bfor ever\b/i, 'today’s, initially, forever', 'As it was at first'),
  textBan(/\bat most\b/i, 'up to', 'At most 6 decimals'),
  ban(/\breword(s|ed)?\b/i, 'update', 'The state is reworded.'),
  ban(/\bsomething went wrong\b/i, 'what failed', 'Something went wrong.'),
  textBan(/(^|\. )Write (an?|one)\b/, 'Enter', 'Write an amount.'),
  textBan(/\bmay not\b/i, 'can’t', 'You may not do this.'),
  textBan(/(\d|\}) %/, '% without a space', '{percent} % of the limit'),
  ban(/\bmax\. /i, 'max', 'Max. increase'),
  ban(/\b(colour|behaviour|favour|cancell(ed|ing)|normalis\w+|centre)\b/i, 'the US spelling', 'Credit cancelled'),
];

interface Exception {
  /** a file, or a folder */
  readonly file: string;
  /** the whole text, or what of it is allowed */
  readonly text: string | RegExp;
  readonly reason: string;
}

/** Texts that hold such a word for a reason. */
const exceptions: readonly Exception[] = [
  {
    file: 'docs/quick-start.md',
    text: /Customer/,
    reason: 'Names of demo clients, as the manuals have them.',
  },
  { file: 'docs/manuals.md', text: /customer|Low Balance Profiles|Watcher/i, reason: 'The words of the manuals.' },
  { file: 'web/src/i18n/en/clients-fields.ts', text: /Watcher/, reason: 'Factors Watcher is a product of JeraSoft.' },
  { file: 'src/domain/clients/fields', text: /Watcher/, reason: 'Factors Watcher is a product of JeraSoft.' },
  { file: 'src/mail', text: /notice/i, reason: 'The notices of emails to clients.' },
  { file: 'src/mail', text: /Customer/, reason: 'Names of sample clients, as the manuals have them.' },
  { file: 'src/api', text: /Customer/, reason: 'Names of sample clients, as the manuals have them.' },
  {
    file: 'local-stack/src/demo',
    text: /Customer/,
    reason: 'Names of demo clients, as the manuals have them.',
  },
  { file: 'src/api/contract/schemas.ts', text: 'Money', reason: 'The name of a schema of the API.' },
  { file: 'src/storage/migrations', text: /cancelled/, reason: 'A value of the API.' },
  { file: 'src/api/operations/payments/cards', text: /cancelled/, reason: 'A value of the API.' },
  { file: 'src/storage/migrations', text: /notice/, reason: 'The level of a message in PL/pgSQL.' },
];

/** Every string of code, without the keys of objects and without SQL. */
function everyString(source: string, file: string): string[] {
  const texts: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isLiteralTypeNode(node)) return;
    if (ts.isPropertyAssignment(node)) return visit(node.initializer);
    if (ts.isTaggedTemplateExpression(node)) {
      if (ts.isTemplateExpression(node.template)) {
        for (const span of node.template.templateSpans) visit(span.expression);
      }
      return;
    }
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)) {
      texts.push(node.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, source, ts.ScriptTarget.Latest));
  return texts;
}

/** The strings of code that a person reads: sentences and titles, not names and values. Template language is code. */
function prose(source: string, file: string): string[] {
  const texts = everyString(source, file).map((text) =>
    text.replace(/\{\{.*?(\}\}|$)|\{%.*?(%\}|$)|^.*?(\}\}|%\})/gs, ''),
  );
  return texts.filter((text) => /\s|^[A-Z][a-z]/.test(text));
}

/** The comments of code, each as one text, without what they quote. */
function comments(source: string, file: string): string[] {
  const parsed = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true);
  const found = new Map<number, string>();
  const visit = (node: ts.Node): void => {
    if (ts.isJsxText(node)) return;
    const ranges = [
      ...(ts.getLeadingCommentRanges(source, node.getFullStart()) ?? []),
      ...(ts.getTrailingCommentRanges(source, node.getEnd()) ?? []),
    ];
    for (const { pos, end } of ranges) found.set(pos, source.slice(pos, end));
    for (const child of node.getChildren(parsed)) visit(child);
  };
  visit(parsed);
  return [...found.values()].map((text) =>
    text
      .replace(/\n\s*\*/g, ' ')
      .replace(/`[^`]*`|"[^"]*"|'\w+'/g, '')
      .replace(/\s+/g, ' '),
  );
}

/** The lines of a Markdown page without its code. */
function markdown(source: string): string[] {
  const words = source.replace(/^( *)```[\s\S]*?^\1```/gm, '').replace(/`[^`\n]*`/g, '');
  return words.split('\n');
}

function lines(source: string): string[] {
  return source.split('\n');
}

const generated = ['web/src/api/schema.ts'];

function filesOf({ path: place, texts }: Place): string[] {
  if (statSync(path.join(root, place)).isFile()) return [place];
  const names = readdirSync(path.join(root, place), { recursive: true, encoding: 'utf8' });
  const files = names.map((name) => path.posix.join(place, name)).filter((name) => !generated.includes(name));
  const kind = texts === lines ? /./ : texts === markdown ? /\.md$/ : /\.(ts|tsx|mjs|cjs)$/;
  return files.filter((name) => kind.test(name) && statSync(path.join(root, name)).isFile());
}

interface Finding {
  readonly file: string;
  readonly text: string;
  /** the banned words */
  readonly words: string;
  readonly instead: string;
}

const textsOf = (place: Place): [string, string[]][] =>
  filesOf(place).map((file) => [file, place.texts(readFileSync(path.join(root, file), 'utf8'), file)]);

const findingsIn = (among: readonly Place[], banned: readonly Ban[]): Finding[] =>
  among.flatMap(textsOf).flatMap(([file, texts]) => texts.flatMap((text) => find(text, banned, file)));

function find(text: string, banned: readonly Ban[] = bans, file = ''): Finding[] {
  return banned.flatMap(({ pattern, instead }) => {
    const [words] = pattern.exec(text) ?? [];
    return words === undefined ? [] : [{ file, text, words, instead }];
  });
}

const findings = findingsIn(places, bans);

const isOf = ({ file, text }: Exception, finding: Finding): boolean =>
  (finding.file === file || finding.file.startsWith(`${file}/`)) &&
  (typeof text === 'string' ? finding.text === text : text.test(finding.words));

const isExcepted = (finding: Finding): boolean => exceptions.some((exception) => isOf(exception, finding));

describe('the texts that people read', () => {
  test.each([...places, ...commented])('$path has texts to check', (place) => {
    expect(textsOf(place).flatMap(([, texts]) => texts).length).toBeGreaterThan(0);
  });

  test('use the standard terms', () => {
    expect(findings.filter((finding) => !isExcepted(finding))).toEqual([]);
  });

  test('need each exception that is made', () => {
    expect(exceptions.filter((exception) => !findings.some((finding) => isOf(exception, finding)))).toEqual([]);
  });
});

test('comments use the standard terms', () => {
  const banned = bans.filter(({ isFineInComments }) => !isFineInComments);
  expect(findingsIn(commented, banned)).toEqual([]);
});

describe('a banned word', () => {
  test.each(bans.map(({ pattern, sample }) => ({ pattern, sample })))('is found by $pattern', ({ pattern, sample }) => {
    expect(sample).toMatch(pattern);
  });

  test('is found in strings and templates of code, not in keys, names and comments', () => {
    const code = "// mails\nconst texts = { 'lent.mails': 'No mails yet', kind: `${n} mails`, value: 'mails' };";
    expect(prose(code, 'code.ts').flatMap((text) => find(text))).toHaveLength(2);
  });

  test('is not looked for in SQL and in template language', () => {
    const code = 'const texts = [sql`select mails`, "{{ amount | money }} of {% if mails %}", `of ${sql`mails`}`];';
    expect(prose(code, 'code.ts').flatMap((text) => find(text))).toEqual([]);
  });

  test('is found in comments, not in what they quote', () => {
    const code = '/** Failed\n * mails */\n// the `mails` and "mails" of\nconst a = <p>mails</p>; // mails';
    expect(comments(code, 'code.tsx').flatMap((text) => find(text))).toHaveLength(2);
  });

  test('is found in Markdown, not in its code', () => {
    expect(markdown('Failed mails\n```\nmails\n```\nSee `mails`.').flatMap((text) => find(text))).toHaveLength(1);
  });
});
