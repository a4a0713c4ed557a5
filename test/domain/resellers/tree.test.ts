import { lostAncestors, maxDepth, requireMovable, requireUnused } from '../../../src/domain/resellers/tree.js';

const code = (work: () => void): string => {
  try {
    work();
    return 'fine';
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('a reseller', () => {
  test.each([
    ['under another branch', { id: '5', parentPath: ['1', '3'], levels: 2 }, 'fine'],
    ['under itself', { id: '5', parentPath: ['1', '5'], levels: 1 }, 'reseller_cycle'],
    ['under its own sub-reseller', { id: '5', parentPath: ['1', '5', '9'], levels: 2 }, 'reseller_cycle'],
    [
      'to the last level',
      { id: '5', parentPath: Array.from({ length: maxDepth - 2 }, (_, n) => `a${n}`), levels: 2 },
      'fine',
    ],
    [
      'below the last level',
      { id: '5', parentPath: Array.from({ length: maxDepth - 1 }, (_, n) => `a${n}`), levels: 2 },
      'reseller_too_deep',
    ],
  ])('moves %s: %o', (_where, move, expected) => {
    expect(code(() => requireMovable(move))).toBe(expected);
  });

  test('loses those that are above no longer, the nearest first', () => {
    expect(lostAncestors(['1', '2', '3'], ['1', '4'])).toEqual(['3', '2']);
    expect(lostAncestors(['1'], ['1', '4'])).toEqual([]);
  });

  test('that is in use is not deleted, with how many of what', () => {
    const none = { resellers: 0, managers: 0, clients: 0, companies: 0, users: 0, apiKeys: 0 };
    expect(code(() => requireUnused(none))).toBe('fine');
    expect(() => requireUnused({ ...none, clients: 3, managers: 1 })).toThrow('it still has 1 manager, 3 clients: ');
  });
});
