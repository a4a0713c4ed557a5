import type { ComponentType, ReactNode } from 'react';
import { createBrowserRouter, type LazyRouteFunction, type RouteObject } from 'react-router';
import { useCan, type OperationId } from '../session/rights';
import { NotFound } from './NotFound';
import { RouteFailure } from './RouteFailure';
import { Shell } from './Shell';
import { Splash } from './Splash';

type Module = { readonly default: ComponentType };

/**
 * Every page, in a chunk of its own. A page is `web/src/pages/<page>/index.tsx` and exports its component as default; what
 * `operation` needs, the page needs: to others it does not exist.
 */
const behindLogin: RouteObject[] = [
  { index: true, lazy: page('listClients', () => import('../pages/overview')) },
  { path: 'clients', lazy: page('listClients', () => import('../pages/clients')) },
  { path: 'clients/new', lazy: page('listClients', () => import('../pages/clients/form')) },
  { path: 'clients/:id/edit', lazy: page('readClient', () => import('../pages/clients/form')) },
  { path: 'clients/:id', lazy: page('readClient', () => import('../pages/client')) },
  { path: 'credit', lazy: page('listTemporaryCredits', () => import('../pages/credit')) },
  { path: 'notifications', lazy: page('listNotifications', () => import('../pages/notifications')) },
  { path: 'notifications/:id', lazy: page('listNotifications', () => import('../pages/notifications')) },
  { path: 'profiles', lazy: page('listProfiles', () => import('../pages/profiles')) },
  { path: 'profiles/new', lazy: page('listProfiles', () => import('../pages/profile-form')) },
  { path: 'profiles/:id', lazy: page('readProfile', () => import('../pages/profile-form')) },
  { path: 'rates', lazy: page('listExchangeRates', () => import('../pages/rates')) },
  { path: 'audit', lazy: page('listAudit', () => import('../pages/audit')) },
  { path: 'developers', lazy: page('listApiKeys', () => import('../pages/developers')) },
  { path: 'settings', lazy: page('listUsers', () => import('../pages/settings')) },
  { path: 'me', lazy: page(null, () => import('../pages/me')) },
  { path: '*', element: <NotFound /> },
];

export const createRouter = (): ReturnType<typeof createBrowserRouter> =>
  createBrowserRouter([
    {
      path: '/login',
      lazy: page(null, () => import('../pages/login')),
      errorElement: <RouteFailure />,
      hydrateFallbackElement: <Splash />,
    },
    {
      path: '/',
      element: <Shell />,
      errorElement: <RouteFailure />,
      hydrateFallbackElement: <Splash />,
      // A page that breaks leaves the navigation in place.
      children: [{ errorElement: <RouteFailure />, children: behindLogin }],
    },
  ]);

function page(operation: OperationId | null, load: () => Promise<Module>): LazyRouteFunction<RouteObject> {
  return async () => {
    const { default: Page } = await load();
    if (operation === null) return { Component: Page };
    return { element: <Reachable operation={operation}>{<Page />}</Reachable> };
  };
}

function Reachable({ operation, children }: { readonly operation: OperationId; readonly children: ReactNode }) {
  return useCan()(operation) ? children : <NotFound />;
}
