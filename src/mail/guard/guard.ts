import type { IfNode, Node } from 'nunjucks/src/parser';
import { filterArgumentError, filterNames, isFilterName, isLiteral, type Literal } from './filters.js';
import { HtmlPosition } from './html-context.js';
import {
  compareOperatorOf,
  type Branch,
  type Expression,
  type MailPart,
  type Program,
  type Statement,
} from './program.js';
import { nearNames, refusal } from './guard-messages.js';
import { fault, hintedFault, placedFault, type Fault, type TemplateError } from './faults.js';
import { parseTemplate, TemplateSyntaxError } from './syntax.js';
import { variablesOf, type MailKind } from '../variables.js';
import type { VariableSpec } from '../variable-rows/variable-row.js';

/**
 * The template guard: an allow-list over the syntax tree.
 *
 * nunjucks parses; what it parsed is translated into a program of ours (program.ts), shape by shape. A node that has
 * no translation below is a fault, whatever it is: calls, lookups by expression, includes, macros, assignments,
 * imports, filter blocks, arithmetic. Names are taken only from the list of the email's kind (variables.ts).
 */

export type { TemplateError } from './faults.js';
export type { MailPart } from './program.js';

interface TemplateUse {
  readonly kind: MailKind;
  /** default `text` */
  readonly part?: MailPart;
}

/** Characters of one part of a template. */
export const maxTemplateLength = 64 * 1024;
/** Tags within tags and expressions within expressions. */
const maxDepth = 16;
const maxNestedLoops = 2;
const maxFaults = 20;

/** All faults of a template's part, with line and column from 1; none: it may be saved and rendered. */
export function checkTemplate(source: string, use: TemplateUse): TemplateError[] {
  const { faults } = compileTemplate(source, use);
  return [...faults];
}

export type Compiled =
  | { readonly program: Program; readonly faults: readonly [] }
  | { readonly program: null; readonly faults: readonly TemplateError[] };

/** Checks a template and translates it into what `runProgram` runs; both or neither. */
export function compileTemplate(source: string, { kind, part = 'text' }: TemplateUse): Compiled {
  if (source.length > maxTemplateLength) {
    const found = fault('too_long', { part, length: source.length, max: maxTemplateLength });
    return { program: null, faults: [placedFault(found, 1, 1)] };
  }
  try {
    const translation = new Translation(kind, part);
    const statements = translation.statements(parseTemplate(source), 0);
    if (translation.faults.length === 0) return { program: { part, statements }, faults: [] };
    return { program: null, faults: translation.faults.slice(0, maxFaults) };
  } catch (error) {
    if (error instanceof TemplateSyntaxError) return { program: null, faults: [error.fault] };
    throw error;
  }
}

interface At {
  readonly lineno: number;
  readonly colno: number;
}

/** In place of an expression that has a fault; never run, for a template with faults has no program. */
const refused: Expression = { type: 'literal', value: null };

class Translation {
  readonly faults: TemplateError[] = [];
  private readonly specs: ReadonlyMap<string, VariableSpec>;
  private readonly loops: { readonly name: string; readonly fields: readonly string[] }[] = [];
  private readonly html = new HtmlPosition();

  constructor(
    private readonly kind: MailKind,
    private readonly part: MailPart,
  ) {
    this.specs = new Map(variablesOf(kind).map((spec) => [spec.path, spec]));
  }

  statements(node: Node, depth: number): Statement[] {
    if (this.isTooDeep(node, depth)) return [];
    switch (node.typename) {
      case 'Root':
      case 'NodeList':
      case 'Output':
        return node.children.flatMap((child) => this.statements(child, depth));
      case 'TemplateData':
        this.html.text(node.value);
        return [{ type: 'text', text: node.value }];
      case 'If':
        return [this.ifStatement(node, depth + 1)];
      case 'For':
        return this.forStatement(node, depth + 1);
      default:
        return [this.output(node, depth)];
    }
  }

  private output(node: Node, depth: number): Statement {
    const expression = this.expression(node, depth + 1);
    if (this.part === 'html') {
      const found = this.html.value(this.isAddress(expression));
      if (found) this.note(node, found);
    }
    return { type: 'output', expression };
  }

  private isAddress(expression: Expression): boolean {
    return expression.type === 'variable' && this.specs.get(expression.path)?.type === 'url';
  }

  /** An `elif` is an `if` within the `else`; a chain of them is no nesting. */
  private ifStatement(node: IfNode, depth: number): Statement {
    const branches: Branch[] = [];
    const endBranch = this.html.branches();
    for (let at: IfNode = node; ;) {
      branches.push({ condition: this.expression(at.cond, depth), body: this.branch(endBranch, at.body, depth) });
      if (at.else_?.typename === 'If') at = at.else_;
      else return { type: 'if', branches, otherwise: at.else_ ? this.branch(endBranch, at.else_, depth) : [] };
    }
  }

  private branch(end: (body: Statement[]) => Statement[], node: Node, depth: number): Statement[] {
    return end(this.statements(node, depth));
  }

  private forStatement(node: Extract<Node, { typename: 'For' }>, depth: number): Statement[] {
    if (this.loops.length >= maxNestedLoops) return this.none(node, fault('loops', { max: maxNestedLoops }));
    const name = node.name.typename === 'Symbol' ? node.name.value : '';
    if (!/^[a-z][a-z0-9_]{0,40}$/i.test(name)) return this.none(node, fault('loop_form'));
    if (name === 'loop' || this.isTaken(name)) return this.none(node, fault('loop_name', { name }));
    const path = this.pathOf(node.arr);
    const spec = path && this.specs.get(path);
    if (!path || !spec || spec.type !== 'list') {
      return this.none(node.arr, hintedFault('loop_list', 'loop_list_near', this.listPaths()));
    }
    this.loops.push({ name, fields: spec.fields ?? [] });
    const endBranch = this.html.branches();
    const body = this.branch(endBranch, node.body, depth);
    this.loops.pop();
    const otherwise = node.else_ ? this.branch(endBranch, node.else_, depth) : [];
    return [{ type: 'for', loop: name, list: path, body, otherwise }];
  }

  private expression(node: Node, depth: number): Expression {
    if (this.isTooDeep(node, depth)) return refused;
    switch (node.typename) {
      case 'Literal':
        return this.literal(node);
      case 'Symbol':
      case 'LookupVal':
        return this.variable(node);
      case 'Filter':
        return this.filter(node, depth);
      case 'Group': {
        const [only, ...more] = node.children;
        return only && more.length === 0 ? this.expression(only, depth + 1) : this.refuse(node, fault('brackets'));
      }
      case 'Compare':
        return this.comparison(node, depth);
      case 'And':
      case 'Or':
        return {
          type: node.typename === 'And' ? 'and' : 'or',
          left: this.expression(node.left, depth + 1),
          right: this.expression(node.right, depth + 1),
        };
      case 'Not':
        return { type: 'not', operand: this.expression(node.target, depth + 1) };
      case 'Neg':
        return this.negative(node);
      default:
        return this.refuse(node, refusal(node));
    }
  }

  private literal(node: At & { readonly value: unknown }): Expression {
    return isLiteral(node.value) ? { type: 'literal', value: node.value } : this.refuse(node, fault('constant'));
  }

  /** A negative amount in a comparison; no arithmetic. */
  private negative(node: Extract<Node, { typename: 'Not' | 'Neg' }>): Expression {
    const { target } = node;
    return target.typename === 'Literal' && typeof target.value === 'number'
      ? { type: 'literal', value: -target.value }
      : this.refuse(node, refusal(node));
  }

  private variable(node: Node): Expression {
    const path = this.pathOf(node);
    if (path === null) return this.refuse(node, fault('variable_form'));
    const [root = '', field = '', ...deeper] = path.split('.');
    const loop = this.loops.findLast(({ name }) => name === root);
    if (loop) {
      return loop.fields.includes(field) && deeper.length === 0
        ? { type: 'item', loop: root, field }
        : this.refuse(node, fault('loop_field', { name: root, names: loop.fields.join(', ') }));
    }
    if (root === 'loop' && this.loops.length > 0 && ['index', 'first', 'last'].includes(field) && deeper.length === 0) {
      return { type: 'item', loop: 'loop', field };
    }
    const spec = this.specs.get(path);
    if (!spec) {
      const near = nearNames([...this.specs.keys()], path);
      return this.refuse(node, hintedFault('variable', 'variable_near', near, { path, kind: this.kind }));
    }
    if (spec.type === 'list') return this.refuse(node, fault('list_output', { path }));
    return { type: 'variable', path };
  }

  /** `client.name` and `client['name']` alike; null for anything but names. A name with a dot in it is none. */
  private pathOf(node: Node): string | null {
    const names: string[] = [];
    let at = node;
    while (at.typename === 'LookupVal') {
      if (at.val?.typename !== 'Literal' || typeof at.val.value !== 'string' || at.val.value.includes('.')) return null;
      names.unshift(at.val.value);
      at = at.target;
    }
    return at.typename === 'Symbol' ? [at.value, ...names].join('.') : null;
  }

  private filter(node: Extract<Node, { typename: 'Filter' }>, depth: number): Expression {
    const name = node.name.value;
    const [input, ...rest] = node.args.children;
    if (!isFilterName(name)) return this.refuse(node, fault('filter', { name, names: filterNames.join(', ') }));
    if (!input) return this.refuse(node, fault('filter_value'));
    const args: Literal[] = [];
    for (const argument of rest) {
      if (argument.typename !== 'Literal' || !isLiteral(argument.value)) {
        return this.refuse(argument, fault('filter_constants', { name }));
      }
      args.push(argument.value);
    }
    const found = filterArgumentError(name, args);
    if (found) return this.refuse(node, found);
    return { type: 'filter', name, input: this.expression(input, depth + 1), args };
  }

  private comparison(node: Extract<Node, { typename: 'Compare' }>, depth: number): Expression {
    const [only, ...more] = node.ops;
    const operator = compareOperatorOf(only?.type ?? '');
    if (!only || !operator || more.length > 0) return this.refuse(node, fault('compare'));
    return {
      type: 'compare',
      operator,
      left: this.expression(node.expr, depth + 1),
      right: this.expression(only.expr, depth + 1),
    };
  }

  private isTaken(name: string): boolean {
    if (this.loops.some((loop) => loop.name === name)) return true;
    return [...this.specs.keys()].some((path) => path.split('.')[0] === name);
  }

  private listPaths(): string[] {
    return [...this.specs.values()].filter(({ type }) => type === 'list').map(({ path }) => path);
  }

  private isTooDeep(node: At, depth: number): boolean {
    if (depth <= maxDepth) return false;
    this.note(node, fault('levels', { max: maxDepth }));
    return true;
  }

  private refuse(at: At, found: Fault): Expression {
    this.note(at, found);
    return refused;
  }

  private none(at: At, found: Fault): [] {
    this.note(at, found);
    return [];
  }

  private note(at: At, found: Fault): void {
    if (this.faults.length < maxFaults) this.faults.push(placedFault(found, at.lineno + 1, at.colno + 1));
  }
}
