import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Navigate, useLocation } from 'react-router';
import { loginPath } from './return-path';
import { sessionQuery } from './session';

interface GuardProps {
  readonly children: ReactNode;
  /** while it is not known who is there */
  readonly pending: ReactNode;
  readonly failed: (error: unknown, retry: () => void) => ReactNode;
}

/** Lets in who is logged in; others go to the login and come back to where they wanted to be. */
export function Guard({ children, pending, failed }: GuardProps): ReactNode {
  const { data, error, isPending, refetch } = useQuery(sessionQuery);
  const { pathname, search, hash } = useLocation();
  if (isPending) return pending;
  if (error) return failed(error, () => void refetch());
  if (!data) return <Navigate to={loginPath(`${pathname}${search}${hash}`)} replace />;
  return children;
}
