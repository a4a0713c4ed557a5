import { reloadAfterDeploy } from '../../web/src/app/reload-after-deploy';
import { readServedPageId } from '../../web/src/api/page-id';

jest.mock('../../web/src/api/page-id', () => ({ pageId: 'build-1', readServedPageId: jest.fn() }));

/** A chunk is missing: whether the page reloads. */

let saved: Map<string, string>;
const reload = jest.fn();
const assign = jest.fn();
const served = (id: string | null): void => void jest.mocked(readServedPageId).mockResolvedValue(id);

beforeEach(() => {
  saved = new Map();
  reload.mockClear();
  Object.assign(globalThis, {
    location: { reload, assign },
    sessionStorage: {
      getItem: (key: string) => saved.get(key) ?? null,
      setItem: (key: string, value: string) => void saved.set(key, value),
    },
  });
});

test('after a deploy it does, once', async () => {
  served('build-2');
  expect(await reloadAfterDeploy()).toBe(true);
  expect(await reloadAfterDeploy()).toBe(false);
  expect(reload).toHaveBeenCalledTimes(1);
});

test('on the way to another page, it goes there', async () => {
  served('build-2');
  expect(await reloadAfterDeploy('/rates?q=EUR')).toBe(true);
  expect(assign).toHaveBeenCalledWith('/rates?q=EUR');
  expect(reload).not.toHaveBeenCalled();
});

test('after the next deploy it does again', async () => {
  served('build-2');
  await reloadAfterDeploy();
  served('build-3');
  expect(await reloadAfterDeploy()).toBe(true);
});

test.each([
  ['the same build is served: a reload would bring the same', 'build-1'],
  ['the service does not answer: a reload would lose the page', null],
])('%s', async (_why, id) => {
  served(id);
  expect(await reloadAfterDeploy()).toBe(false);
  expect(reload).not.toHaveBeenCalled();
});

test('a browser that remembers nothing could reload for ever: the user does it', async () => {
  served('build-2');
  Object.assign(globalThis, {
    sessionStorage: {
      getItem: () => {
        throw new Error('The operation is insecure.');
      },
    },
  });
  expect(await reloadAfterDeploy()).toBe(false);
});
