import { assertNever } from '../../domain/errors.js';
import { applyFilter, type FilterName, type Literal } from './filters.js';
import { compareValues, isTrue, nothing, type Reader, type Value, type View } from './values.js';

/**
 * A template that has passed the guard, in its own language, and what runs it.
 *
 * nunjucks turns a template into JavaScript and runs that; it "does not sandbox execution". Here nothing is turned
 * into JavaScript: the guard (guard.ts) translates the syntax tree into these few shapes, and what has no shape here
 * cannot be said. A program reads listed variables, compares, filters and repeats over given lists. It is finite by
 * construction: no recursion, no loop but over a list of at most 100 given items, nested at most twice; the budgets
 * below turn even that into a small number of steps, so a run needs no clock to stop it.
 */

export type MailPart = 'subject' | 'html' | 'text';

export type Expression =
  | { readonly type: 'literal'; readonly value: Literal }
  | { readonly type: 'variable'; readonly path: string }
  | { readonly type: 'item'; readonly loop: string; readonly field: string }
  | {
      readonly type: 'filter';
      readonly name: FilterName;
      readonly input: Expression;
      readonly args: readonly Literal[];
    }
  | {
      readonly type: 'compare';
      readonly operator: CompareOperator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly type: 'and' | 'or'; readonly left: Expression; readonly right: Expression }
  | { readonly type: 'not'; readonly operand: Expression };

const compareOperators = ['==', '!=', '<', '>', '<=', '>='] as const;
type CompareOperator = (typeof compareOperators)[number];

/** `===` is read as `==`: there is one kind of equality. */
export function compareOperatorOf(text: string): CompareOperator | undefined {
  const plain = text.replace(/^([!=]=)=$/, '$1');
  return compareOperators.find((operator) => operator === plain);
}

export type Statement =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'output'; readonly expression: Expression }
  | { readonly type: 'if'; readonly branches: readonly Branch[]; readonly otherwise: readonly Statement[] }
  | {
      readonly type: 'for';
      readonly loop: string;
      readonly list: string;
      readonly body: readonly Statement[];
      readonly otherwise: readonly Statement[];
    };

export interface Branch {
  readonly condition: Expression;
  readonly body: readonly Statement[];
}

export interface Program {
  readonly part: MailPart;
  readonly statements: readonly Statement[];
}

/** Thrown when a run exceeds its budget. */
class TemplateLimitError extends Error {
  override readonly name = 'TemplateLimitError';
}

/** Characters of one rendered part. */
const maxOutputLength = 256 * 1024;
const maxSteps = 100_000;

/**
 * Runs a program.
 *
 * @throws TemplateLimitError beyond 256 K characters of output or 100,000 steps.
 */
export function runProgram(program: Program, view: View, reader: Reader): string {
  const run: Run = { part: program.part, view, reader, items: new Map(), output: [], length: 0, steps: 0 };
  runAll(program.statements, run);
  return run.output.join('');
}

interface Run {
  readonly part: MailPart;
  readonly view: View;
  readonly reader: Reader;
  /** the current item of each loop, by the name of its variable */
  readonly items: Map<string, ReadonlyMap<string, Value>>;
  readonly output: string[];
  length: number;
  steps: number;
}

function runAll(statements: readonly Statement[], run: Run): void {
  for (const statement of statements) runOne(statement, run);
}

function runOne(statement: Statement, run: Run): void {
  step(run);
  switch (statement.type) {
    case 'text':
      return write(statement.text, run);
    case 'output':
      return write(written(evaluate(statement.expression, run), run.part), run);
    case 'if': {
      const taken = statement.branches.find((branch) => isTrue(evaluate(branch.condition, run)));
      return runAll(taken ? taken.body : statement.otherwise, run);
    }
    case 'for': {
      const list = run.view.lists.get(statement.list) ?? [];
      if (list.length === 0) return runAll(statement.otherwise, run);
      list.forEach((item, index) => {
        run.items.set(statement.loop, item);
        run.items.set('loop', loopItem(index, list.length));
        runAll(statement.body, run);
      });
      run.items.delete(statement.loop);
      return;
    }
    default:
      return assertNever(statement);
  }
}

function loopItem(index: number, length: number): ReadonlyMap<string, Value> {
  return new Map<string, Value>([
    ['index', { raw: index + 1, text: String(index + 1) }],
    ['first', { raw: index === 0, text: '' }],
    ['last', { raw: index === length - 1, text: '' }],
  ]);
}

function evaluate(expression: Expression, run: Run): Value {
  step(run);
  switch (expression.type) {
    case 'literal':
      return { raw: expression.value, text: expression.value === null ? '' : String(expression.value) };
    case 'variable':
      return run.view.values.get(expression.path) ?? nothing;
    case 'item':
      return run.items.get(expression.loop)?.get(expression.field) ?? nothing;
    case 'filter':
      return applyFilter(expression.name, evaluate(expression.input, run), expression.args, run.reader);
    case 'compare':
      return truth(
        compares(expression.operator, compareValues(evaluate(expression.left, run), evaluate(expression.right, run))),
      );
    case 'and':
      return truth(isTrue(evaluate(expression.left, run)) && isTrue(evaluate(expression.right, run)));
    case 'or':
      return truth(isTrue(evaluate(expression.left, run)) || isTrue(evaluate(expression.right, run)));
    case 'not':
      return truth(!isTrue(evaluate(expression.operand, run)));
    default:
      return assertNever(expression);
  }
}

function truth(value: boolean): Value {
  return { raw: value, text: value ? 'true' : 'false' };
}

function compares(operator: CompareOperator, order: number): boolean {
  switch (operator) {
    case '==':
      return order === 0;
    case '!=':
      return order !== 0;
    case '<':
      return order < 0;
    case '>':
      return order > 0;
    case '<=':
      return order <= 0;
    case '>=':
      return order >= 0;
    default:
      return assertNever(operator);
  }
}

function written(value: Value, part: MailPart): string {
  if (part !== 'html') return value.text;
  const escaped = escapeHtml(value.text);
  return value.breaks ? escaped.replaceAll('\n', '<br>\n') : escaped;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
};

/** Safe as an element's text and within a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"'`]/g, (character) => entities[character] ?? character);
}

function write(text: string, run: Run): void {
  run.length += text.length;
  if (run.length > maxOutputLength)
    throw new TemplateLimitError(`the ${run.part} exceeds ${maxOutputLength / 1024} K characters`);
  run.output.push(text);
}

function step(run: Run): void {
  run.steps += 1;
  if (run.steps > maxSteps) throw new TemplateLimitError(`the ${run.part} takes more than ${maxSteps} steps`);
}
