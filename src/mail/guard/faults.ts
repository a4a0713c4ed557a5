/**
 * What the guard says of a template: a code with parameters, which the page says in the language of its user, and the same in
 * English. A text names its parameters in braces.
 */
const faultTexts = {
  call: 'calls are not allowed',
  inline_if: 'write {% if %} ... {% else %} ... {% endif %} instead',
  collection: 'lists and objects are not allowed',
  operator: 'only comparisons, and, or, not are allowed',
  tag: 'this tag is not allowed; allowed are if, elif, else, for and raw',
  tag_name: 'the tag "{name}" is not allowed; allowed are if, elif, else, for and raw',
  node: '"{name}" is not allowed here',
  regular_expression: 'regular expressions are not allowed',
  too_long: 'the {part} has {length} characters, the maximum is {max}',
  tag_too_long: 'this tag is too long',
  tag_unclosed: 'the tag opened by {tag} is never closed, or a quote within it is not',
  comment_unclosed: 'this comment is never closed by #}',
  raw_unclosed: 'raw is never closed by {% endraw %}',
  raw_form: 'write {% raw %} ... {% endraw %}',
  block_unclosed: 'the template ends before its last if or for is closed',
  block_unopened: '"{name}" has no opening tag',
  ends_early: 'the template ends too early',
  too_deep: 'the template is nested too deeply',
  levels: 'more than {max} levels of nesting',
  tag_end: 'this is not an expression: expected the end of the tag',
  syntax: 'this can’t be read: {detail}',
  loops: 'use up to {max} nested loops',
  loop_form: 'write: for x in list',
  loop_name: '"{name}" is already the name of a variable or loop',
  loop_list: 'for requires a list',
  loop_list_near: 'for requires a list; there is {names}',
  loop_field: '{name} has only: {names}',
  list_output: '{path} is a list: for x in {path}',
  brackets: 'these brackets contain no value',
  constant: 'this is not a constant',
  compare: 'compare two values at a time',
  variable_form: "write a variable as client.name or client['name']",
  variable: 'there is no variable {path} in {kind} emails',
  variable_near: 'there is no variable {path} in {kind} emails; there is {names}',
  filter: 'there is no filter "{name}"; there are {names}',
  filter_value: 'a filter must follow a value',
  filter_constants: '{name} takes constants only',
  filter_default: "default takes one text, as in default('n/a')",
  filter_truncate: 'truncate takes one number of characters, as in truncate(40)',
  filter_round: 'round takes a number of decimals from 0 to 6, as in round(2)',
  filter_date: 'date takes one of {names}',
  filter_none: '{name} takes no arguments',
  html_inside: "a value can't be inside {place}",
  html_name: "a value can't be part of a tag name or an attribute name",
  html_quotes: 'put quotes around the value of this attribute',
  html_address: 'only an address such as links.client may begin {place}; for email, write mailto: before it',
  html_scheme: 'a value can be in {place} only after https://, http://, mailto:, tel:, /, ?, or # in the same branch',
} as const;

export type FaultCode = keyof typeof faultTexts;
// The keys of a literal object are its codes.
export const faultCodes = Object.keys(faultTexts) as [FaultCode, ...FaultCode[]];

/** What is wrong, without its place. */
export interface Fault {
  readonly code: FaultCode;
  readonly parameters: Readonly<Record<string, string>>;
}

/** A fault of a template, with its place counted from 1. */
export interface TemplateError extends Fault {
  readonly line: number;
  readonly column: number;
  /** in English */
  readonly message: string;
}

export function fault(code: FaultCode, parameters: Readonly<Record<string, string | number>> = {}): Fault {
  return {
    code,
    parameters: Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, String(value)])),
  };
}

export function placedFault({ code, parameters }: Fault, line: number, column: number): TemplateError {
  const message = faultTexts[code].replaceAll(/\{(\w+)\}/g, (braces, name: string) => parameters[name] ?? braces);
  return { line, column, code, parameters, message };
}

/** With the names that the author may have meant, where there are some. */
export function hintedFault(
  code: FaultCode,
  codeWithNames: FaultCode,
  names: readonly string[],
  parameters: Readonly<Record<string, string>> = {},
): Fault {
  return names.length > 0 ? fault(codeWithNames, { ...parameters, names: names.join(', ') }) : fault(code, parameters);
}
