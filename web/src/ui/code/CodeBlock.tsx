import type { ReactNode } from 'react';
import classes from './CodeBlock.module.css';
import { CopyAction } from './CopyAction';

interface CodeBlockProps {
  readonly text: string;
  /** what it is, for screen readers */
  readonly label: string;
}

/** Several lines for machines, with a button that copies them. */
export function CodeBlock({ text, label }: CodeBlockProps): ReactNode {
  return (
    <div className={classes['frame']}>
      <pre className={classes['text']} tabIndex={0} role="region" aria-label={label}>
        {text}
      </pre>
      <CopyAction value={text} label={label} className={classes['copy']} variant="default" size={28} />
    </div>
  );
}
