import { ActionIcon, CopyButton, Tooltip, type ActionIconProps } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { t } from '../../i18n/t';

interface CopyActionProps extends Omit<ActionIconProps, 'children'> {
  readonly value: string;
  /** what is copied, for screen readers */
  readonly label: string;
}

/** Copies a text, and shows for a moment that it did. */
export function CopyAction({ value, label, ...look }: CopyActionProps): ReactNode {
  return (
    <CopyButton value={value}>
      {({ copied, copy }) => (
        <Tooltip label={copied ? t('common.copied') : t('common.copy')}>
          <ActionIcon {...look} aria-label={t('ui.copy.label', { what: label })} onClick={copy}>
            {copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
          </ActionIcon>
        </Tooltip>
      )}
    </CopyButton>
  );
}
