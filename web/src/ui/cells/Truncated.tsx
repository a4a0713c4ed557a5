import { Text } from '@mantine/core';
import type { ReactNode } from 'react';

interface TruncatedProps {
  readonly text: string;
  /** px */
  readonly width?: number;
  /** a name, such as that of a webhook source, is in no language */
  readonly isName?: boolean;
}

/** A long text ends in dots, and is whole in its title. */
export function Truncated({ text, width = 180, isName = false }: TruncatedProps): ReactNode {
  return (
    <Text size="sm" truncate maw={width} title={text} {...(isName && { translate: 'no' })}>
      {text}
    </Text>
  );
}
