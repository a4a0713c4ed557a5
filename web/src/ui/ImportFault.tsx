import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { faultKind, sentence } from '../api/problems';

interface ImportFaultProps {
  readonly code: string;
  /** reason and remedy, in the words of the service, which are English */
  readonly detail: string;
}

/** Why a row of a file is not imported. */
export function ImportFault({ code, detail }: ImportFaultProps): ReactNode {
  const kind = faultKind(code);
  return (
    <>
      {kind !== null && <Text size="sm">{kind}</Text>}
      <Text size={kind === null ? 'sm' : 'xs'} c="dimmed" lang="en" style={{ overflowWrap: 'anywhere' }}>
        {sentence(detail)}
      </Text>
    </>
  );
}
