import { Text, useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef, type ReactNode } from 'react';
import classes from './editor.module.css';
import { createEditor, type TemplateEditor } from './code-mirror';
import type { PartError, Variable } from '../queries';

interface CodeEditorProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly variables: readonly Variable[];
  readonly errors: readonly PartError[];
  readonly isDisabled: boolean;
  /** gets what inserts a text at the cursor */
  readonly onReady: (insert: (text: string) => void) => void;
}

/** A template with its syntax in color, completion of variables, and errors where they are. */
export default function CodeEditor(props: CodeEditorProps): ReactNode {
  const { label, value, errors, isDisabled } = props;
  const scheme = useComputedColorScheme('light');
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<TemplateEditor | null>(null);
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });
  useEffect(() => {
    const parent = host.current;
    if (!parent) return undefined;
    const { current: first } = latest;
    const made = createEditor(parent, {
      text: first.value,
      label,
      isDark: scheme === 'dark',
      isDisabled,
      variables: () => latest.current.variables,
      onChange: (text) => latest.current.onChange(text),
    });
    editor.current = made;
    latest.current.onReady((text) => made.insert(text));
    made.setErrors(latest.current.errors);
    return () => made.destroy();
  }, [label, scheme, isDisabled]);
  useEffect(() => editor.current?.setText(value), [value]);
  useEffect(() => editor.current?.setErrors(errors), [errors]);
  return (
    <div>
      <Text size="sm" fw={500}>
        {label}
      </Text>
      <div ref={host} className={classes['editor']} />
    </div>
  );
}
