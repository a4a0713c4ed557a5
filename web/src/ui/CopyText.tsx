import { ActionIcon, Code, CopyButton, Group, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { t } from '../i18n/t';

interface CopyTextProps {
  readonly value: string;
  /** what it is, for screen readers: `request id` */
  readonly label: string;
  readonly children?: ReactNode;
}

/** A text for machines (an id, a key, an address) with a button that copies it. */
export function CopyText({ value, label, children }: CopyTextProps): ReactNode {
  return (
    <Group gap={4} wrap="nowrap" display="inline-flex" miw={0}>
      {children ?? <Code style={{ overflowWrap: 'anywhere' }}>{value}</Code>}
      <CopyButton value={value}>
        {({ copied, copy }) => (
          <Tooltip label={copied ? t('common.copied') : t('common.copy')}>
            <ActionIcon
              variant="subtle"
              color="gray"
              size={24}
              aria-label={t('ui.copy.label', { what: label })}
              onClick={copy}
            >
              {copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
            </ActionIcon>
          </Tooltip>
        )}
      </CopyButton>
    </Group>
  );
}
