const Sequencer = require('@jest/test-sequencer').default;

/** What takes minutes, longest first. Short files, to jest, are short tests: it would start these last and alone. */
const longest = [
  '/test/browser/',
  '/test/api/system/fuzz.test.ts',
  '/test/e2e/',
  '/test/workflows/monitoring/',
  '/test/workflows/',
];

const rankOf = ({ path }) => {
  const rank = longest.findIndex((part) => path.replaceAll('\\', '/').includes(part));
  return rank < 0 ? longest.length : rank;
};

/** Starts the long suites first, so that no worker is left waiting for one of them at the end. */
module.exports = class LongestFirst extends Sequencer {
  /** @override */
  async sort(tests) {
    const sorted = await super.sort(tests);
    // A stable sort: within a rank, jest's order stays.
    return [...sorted].sort((a, b) => rankOf(a) - rankOf(b));
  }
};
