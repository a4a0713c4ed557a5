import type { ReactNode } from 'react';
import { createBrowserRouter, createPath, type LazyRouteFunction, type RouteObject } from 'react-router';
import { useCan, type OperationId } from '../session/rights';
import { NotFound } from './NotFound';
import { outerPages } from './outer-pages';
import { pages, type Page } from './pages';
import { reloadAfterDeploy } from './reload-after-deploy';
import { RouteFailure } from './failure/RouteFailure';
import { Shell } from './Shell';
import { Splash } from './Splash';

const behindLogin: RouteObject[] = [
  ...pages.map(({ path, operation, load }): RouteObject => ({ path, lazy: routeOf(operation, load) })),
  { path: '*', element: <NotFound /> },
];

type Router = ReturnType<typeof createBrowserRouter>;
let router: Router | null = null;

export const createRouter = (): Router =>
  (router = createBrowserRouter([
    ...outerPages.map(({ path, load }) => ({
      path,
      lazy: routeOf(null, load),
      errorElement: <RouteFailure />,
      hydrateFallbackElement: <Splash />,
    })),
    {
      path: '/',
      element: <Shell />,
      errorElement: <RouteFailure />,
      hydrateFallbackElement: <Splash />,
      // A page that breaks leaves the navigation in place.
      children: [{ errorElement: <RouteFailure />, children: behindLogin }],
    },
  ]));

function routeOf(operation: OperationId | null, load: Page['load']): LazyRouteFunction<RouteObject> {
  return async () => {
    const { default: Component } = await load().catch(reloadOrFail);
    if (operation === null) return { Component };
    return { element: <Reachable operation={operation}>{<Component />}</Reachable> };
  };
}

/** A page that is on its way out shows what it showed until it is gone. */
async function reloadOrFail(error: unknown): Promise<never> {
  const next = router?.state.navigation.location;
  if (await reloadAfterDeploy(next ? createPath(next) : null)) return new Promise(() => undefined);
  throw error;
}

function Reachable({ operation, children }: { readonly operation: OperationId; readonly children: ReactNode }) {
  return useCan()(operation) ? children : <NotFound />;
}
