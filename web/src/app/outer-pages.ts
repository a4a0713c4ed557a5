import type { Page } from './pages';

/** The pages before the login. */
export const outerPages: readonly Pick<Page, 'path' | 'load'>[] = [
  { path: '/login', load: () => import('../pages/access/login') },
  { path: '/login/openid', load: () => import('../pages/access/single-sign-on') },
  { path: '/forgot-password', load: () => import('../pages/access/forgot-password') },
  { path: '/set-password', load: () => import('../pages/access/set-password') },
];
