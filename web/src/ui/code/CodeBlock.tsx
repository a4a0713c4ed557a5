import { ActionIcon, CopyButton, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { t } from '../../i18n/t';
import classes from './CodeBlock.module.css';

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
      <CopyButton value={text}>
        {({ copied, copy }) => (
          <Tooltip label={copied ? t('common.copied') : t('common.copy')}>
            <ActionIcon
              className={classes['copy']}
              variant="default"
              size={28}
              aria-label={t('ui.copy.label', { what: label })}
              onClick={copy}
            >
              {copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
            </ActionIcon>
          </Tooltip>
        )}
      </CopyButton>
    </div>
  );
}
