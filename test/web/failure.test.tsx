/** @jest-environment ./test/web/support/page-environment.cjs */
import './support/browser';
import { MantineProvider } from '@mantine/core';
import { fireEvent, render, screen } from '@testing-library/react';
import '@testing-library/jest-dom';
import { createMemoryRouter, RouterProvider } from 'react-router';
import { AppBoundary } from '../../web/src/app/failure/AppBoundary';
import { failureDetails, isLoadFailure } from '../../web/src/app/failure/failure-details';
import { RouteFailure } from '../../web/src/app/failure/RouteFailure';

jest.mock('../../web/src/api/page-id', () => ({ pageId: 'build-1' }));

/** A part of the page that breaks says what happened, and leaves a way on. */

function Broken(): never {
  throw new Error('balance is undefined');
}

const chunkMissing = new TypeError('Failed to fetch dynamically imported module: https://x.example/assets/rates-1.js');

beforeEach(() => {
  // React reports what a boundary has caught, too.
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
  Object.assign(navigator, { clipboard: { writeText: jest.fn(async () => undefined) } });
});
afterEach(() => jest.restoreAllMocks());

function renderRoute(element: React.ReactElement, lazy?: () => Promise<never>): void {
  const router = createMemoryRouter([
    { path: '/', errorElement: <RouteFailure />, hydrateFallbackElement: <p />, ...(lazy ? { lazy } : { element }) },
  ]);
  render(
    <MantineProvider env="test">
      <RouterProvider router={router} />
    </MantineProvider>,
  );
}

test('a page that breaks: what happened, a reload, the way out, and details to copy', async () => {
  renderRoute(<Broken />);
  expect(await screen.findByRole('heading', { level: 1, name: 'This page failed' })).toBeInTheDocument();
  expect(screen.getByRole('alert')).toHaveTextContent('balance is undefined');
  expect(screen.getByRole('button', { name: 'Reload' })).toBeInTheDocument();
  expect(screen.getByRole('link', { name: 'Go to overview' })).toHaveAttribute('href', '/');
  fireEvent.click(screen.getByRole('button', { name: 'Copy details' }));
  const copied = jest.mocked(navigator.clipboard.writeText).mock.calls[0]?.[0] ?? '';
  expect(copied).toContain('Error: balance is undefined');
  expect(copied).toMatch(/Page: \//);
  expect(copied).toContain('Build: build-1');
  expect(copied).toContain('Broken');
});

test('a chunk that does not come: it is the connection or a new version', async () => {
  renderRoute(<p />, async () => {
    throw chunkMissing;
  });
  expect(await screen.findByRole('heading', { name: 'Part of the page could not be loaded' })).toBeInTheDocument();
  expect(screen.getByRole('alert')).toHaveTextContent('a new version was installed');
});

test('the frame itself breaks: plain elements say so, without any component of the kit', async () => {
  render(
    <AppBoundary>
      <Broken />
    </AppBoundary>,
  );
  expect(screen.getByRole('heading', { name: 'This page failed' })).toBeInTheDocument();
  fireEvent.click(screen.getByRole('button', { name: 'Copy details' }));
  expect(navigator.clipboard.writeText).toHaveBeenCalledWith(expect.stringContaining('balance is undefined'));
});

test('details are there for whatever was thrown, and hold no query of the address', () => {
  history.replaceState(null, '', '/clients?q=Anna');
  expect(failureDetails('only a text')).toContain('only a text');
  expect(failureDetails(undefined)).toContain('undefined');
  expect(failureDetails(new Error('x'))).not.toContain('Anna');
});

test.each([
  'Failed to fetch dynamically imported module: /assets/a.js',
  'error loading dynamically imported module: /assets/a.js',
  'Importing a module script failed.',
  'Unable to preload CSS for /assets/a.css',
])('%p is known as a part that is missing', (message) => expect(isLoadFailure(new TypeError(message))).toBe(true));

test('another failure is not', () => expect(isLoadFailure(new TypeError('x is not a function'))).toBe(false));
