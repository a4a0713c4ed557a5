import '@testing-library/jest-dom';
import './browser';
import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { configure, render } from '@testing-library/react';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import type { ReactNode } from 'react';
import { createMemoryRouter, RouterProvider } from 'react-router';
import { keys } from '../../../web/src/api/keys';
import { installShortcuts } from '../../../web/src/ui/shortcuts';

export interface Page {
  readonly user: UserEvent;
  /** the query of the address, which is the state of a list */
  readonly search: () => URLSearchParams;
  readonly path: () => string;
}

// A busy machine is no failure.
configure({ asyncUtilTimeout: 15_000 });

let uninstall: (() => void) | null = null;
afterEach(() => uninstall?.());

interface PageOptions {
  readonly address?: string;
  /** operations of the user; absent: there is no session */
  readonly permissions?: readonly string[];
  /** more of the user */
  readonly me?: object;
}

/** Shows something as the page does: with theme, queries, addresses, and shortcuts. */
export function renderPage(content: ReactNode, { address = '/', permissions, me = {} }: PageOptions = {}): Page {
  const router = createMemoryRouter(
    [
      { path: '/', element: content },
      { path: '*', element: <p>another page</p> },
    ],
    { initialEntries: [address] },
  );
  uninstall = installShortcuts();
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  if (permissions) queries.setQueryData(keys.session, { user: { permissions, role: 'viewer', ...me } });
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>,
  );
  return {
    user: userEvent.setup(),
    search: () => new URLSearchParams(router.state.location.search),
    path: () => router.state.location.pathname,
  };
}
