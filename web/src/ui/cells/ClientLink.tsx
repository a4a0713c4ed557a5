import { Anchor } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'react-router';

interface ClientLinkProps {
  readonly id: string;
  readonly name: string;
  /** px */
  readonly width: number;
}

/** The client of a row, which is about something else; high enough to be tapped. */
export function ClientLink({ id, name, width }: ClientLinkProps): ReactNode {
  return (
    <Anchor
      component={Link}
      to={`/clients/${id}`}
      size="sm"
      truncate
      maw={width}
      display="block"
      lh="24px"
      title={name}
    >
      {name}
    </Anchor>
  );
}
