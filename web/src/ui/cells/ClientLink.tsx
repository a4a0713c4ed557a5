import { Anchor } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'react-router';

interface ClientLinkProps {
  readonly id: string;
  readonly name: string;
  /** px */
  readonly width: number;
}

/** The client of a row, which is about something else. */
export function ClientLink({ id, ...link }: ClientLinkProps): ReactNode {
  return <SubjectLink to={`/clients/${id}`} {...link} />;
}

/** What a row is about; high enough to be tapped. */
export function SubjectLink({ to, name, width }: Omit<ClientLinkProps, 'id'> & { readonly to: string }): ReactNode {
  return (
    <Anchor component={Link} to={to} size="sm" truncate maw={width} display="block" lh="24px" title={name}>
      {name}
    </Anchor>
  );
}
