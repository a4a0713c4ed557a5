import {
  acceptCompletion,
  autocompletion,
  completionKeymap,
  type CompletionContext,
  type CompletionResult,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { setDiagnostics, type Diagnostic } from '@codemirror/lint';
import { EditorState } from '@codemirror/state';
import {
  Decoration,
  EditorView,
  keymap,
  lineNumbers,
  MatchDecorator,
  ViewPlugin,
  type DecorationSet,
  type ViewUpdate,
} from '@codemirror/view';
import { meaningOf, partErrorText, type PartError, type Variable } from '../queries';

/** The editor of templates: everything of CodeMirror is here, in the chunk of the page. */

interface EditorOptions {
  readonly text: string;
  readonly label: string;
  readonly isDark: boolean;
  readonly isDisabled: boolean;
  readonly variables: () => readonly Variable[];
  readonly onChange: (text: string) => void;
}

export interface TemplateEditor {
  setText(text: string): void;
  setErrors(errors: readonly PartError[]): void;
  /** at the cursor, which is then behind it */
  insert(text: string): void;
  destroy(): void;
}

/** `${...}`, `{{ ... }}`, `{% ... %}`, and `{# ... #}`, then the tags of HTML. */
const syntax = new MatchDecorator({
  regexp: /\$\{[^}\n]*\}?|\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|<\/?[a-zA-Z][^<>\n]*>?/g,
  decoration: ([match]) => Decoration.mark({ class: classOf(match) }),
});

function classOf(match: string): string {
  if (match.startsWith('{#')) return 'tpl-comment';
  if (match.startsWith('{%')) return 'tpl-tag';
  return match.startsWith('<') ? 'tpl-html' : 'tpl-value';
}

const highlighting = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;

    constructor(view: EditorView) {
      this.decorations = syntax.createDeco(view);
    }

    update(update: ViewUpdate): void {
      this.decorations = syntax.updateDeco(update, this.decorations);
    }
  },
  { decorations: ({ decorations }) => decorations },
);

/** Variables within an open `${`, `{{`, or `{%`. */
function completeVariables(context: CompletionContext, variables: readonly Variable[]): CompletionResult | null {
  const before = context.matchBefore(/(?:\$\{|\{\{|\{%)[^}%]*/);
  if (!before) return null;
  const word = context.matchBefore(/[\w.]*/);
  const from = word?.from ?? context.pos;
  return {
    from,
    validFor: /^[\w.]*$/,
    options: variables.map((variable) => ({ label: variable.path, detail: variable.type, info: meaningOf(variable) })),
  };
}

export function createEditor(parent: HTMLElement, options: EditorOptions): TemplateEditor {
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: options.text,
      extensions: [
        lineNumbers(),
        history(),
        highlighting,
        EditorView.lineWrapping,
        EditorView.theme({}, { dark: options.isDark }),
        EditorView.contentAttributes.of({ 'aria-label': options.label }),
        EditorState.readOnly.of(options.isDisabled),
        EditorView.editable.of(!options.isDisabled),
        autocompletion({ override: [(context) => completeVariables(context, options.variables())] }),
        // Tab completes while a list is open, and otherwise leaves the editor, so that the keyboard is never caught.
        keymap.of([...completionKeymap, { key: 'Tab', run: acceptCompletion }, ...historyKeymap, ...defaultKeymap]),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) options.onChange(update.state.doc.toString());
        }),
      ],
    }),
  });
  return {
    setText(text) {
      const current = view.state.doc.toString();
      if (current !== text) view.dispatch({ changes: { from: 0, to: current.length, insert: text } });
    },
    setErrors(errors) {
      view.dispatch(
        setDiagnostics(
          view.state,
          errors.map((error) => diagnosticOf(view, error)),
        ),
      );
    },
    insert(text) {
      view.dispatch(view.state.replaceSelection(text));
      view.focus();
    },
    destroy: () => view.destroy(),
  };
}

function diagnosticOf(view: EditorView, fault: PartError): Diagnostic {
  const { line, column } = fault;
  const { doc } = view.state;
  const at = doc.line(Math.min(Math.max(line, 1), doc.lines));
  const from = Math.min(at.from + Math.max(column - 1, 0), at.to);
  return { from, to: Math.min(from + 1, at.to), severity: 'error', message: partErrorText(fault) };
}
