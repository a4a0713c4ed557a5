import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Navigate, useLocation } from 'react-router';
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

export function loginPath(next: string): string {
  return next === '/' ? '/login' : `/login?next=${encodeURIComponent(next)}`;
}

/** Where to go after the login: only ever an address of this page. */
export function returnPath(next: string | null): string {
  return next && /^\/(?![/\\])/.test(next) && !next.startsWith('/login') ? next : '/';
}
