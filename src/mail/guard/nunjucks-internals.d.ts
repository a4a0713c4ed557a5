/**
 * The two modules of nunjucks that templates are read with: its lexer and its parser. Its compiler and its runtime,
 * which turn a template into JavaScript and run it, are never loaded (see program.ts).
 */

declare module 'nunjucks/src/lexer' {
  /** Positions count from 0. */
  export interface Token {
    type: string;
    value: unknown;
    lineno: number;
    colno: number;
  }

  export interface Tokenizer {
    index: number;
    lineno: number;
    colno: number;
    in_code: boolean;
    nextToken(): Token | null;
  }

  export interface TagStrings {
    variableStart?: string;
    variableEnd?: string;
  }

  export function lex(source: string, options?: { tags?: TagStrings }): Tokenizer;
}

declare module 'nunjucks/src/parser' {
  import type { Token } from 'nunjucks/src/lexer';

  export interface TokenSource {
    /** The parser reads the lengths, to find a whitespace mark within a tag. */
    readonly tags: Readonly<
      Record<'BLOCK_START' | 'BLOCK_END' | 'VARIABLE_START' | 'VARIABLE_END' | 'COMMENT_START' | 'COMMENT_END', string>
    >;
    nextToken(): Token | null;
  }

  interface At {
    /** from 0 */
    readonly lineno: number;
    /** from 0 */
    readonly colno: number;
  }

  /** The nodes that the guard knows. Any other `typename` may come out of the parser too; the guard refuses it. */
  export type Node =
    | (At & { readonly typename: 'Root' | 'NodeList' | 'Output' | 'Group'; readonly children: readonly Node[] })
    | (At & { readonly typename: 'TemplateData'; readonly value: string })
    | (At & { readonly typename: 'Literal'; readonly value: unknown })
    | (At & { readonly typename: 'Symbol'; readonly value: string })
    | (At & { readonly typename: 'LookupVal'; readonly target: Node; readonly val: Node | null })
    | (At & { readonly typename: 'Filter'; readonly name: { readonly value: string }; readonly args: NodeListNode })
    | (At & { readonly typename: 'Compare'; readonly expr: Node; readonly ops: readonly CompareOperand[] })
    | (At & { readonly typename: 'And' | 'Or'; readonly left: Node; readonly right: Node })
    | (At & { readonly typename: 'Not' | 'Neg'; readonly target: Node })
    | IfNode
    | (At & {
        readonly typename: 'For';
        readonly name: Node;
        readonly arr: Node;
        readonly body: Node;
        readonly else_: Node | null;
      });

  export interface IfNode extends At {
    readonly typename: 'If';
    readonly cond: Node;
    readonly body: Node;
    readonly else_: Node | null;
  }

  export interface NodeListNode extends At {
    readonly children: readonly Node[];
  }

  export interface CompareOperand extends At {
    readonly type: string;
    readonly expr: Node;
  }

  export class Parser {
    constructor(tokens: TokenSource);
    parseAsRoot(): Node;
  }
}
