import { Code, Group } from '@mantine/core';
import type { ReactNode } from 'react';
import { CopyAction } from './code/CopyAction';

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
      <CopyAction value={value} label={label} variant="subtle" color="gray" size={24} />
    </Group>
  );
}
