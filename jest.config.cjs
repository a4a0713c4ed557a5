/** One project a level; `npm test` runs them all (docs/architecture.md, "Tests"). */
const level = (name, options = {}) => ({
  displayName: name,
  rootDir: __dirname,
  testMatch: [`<rootDir>/test/${name}/**/*.test.ts`],
  testEnvironment: 'node',
  // These are ES modules only, which jest does not load as they are.
  moduleFileExtensions: ['ts', 'js', 'mjs', 'cjs', 'json', 'node', 'tsx', 'jsx'],
  transformIgnorePatterns: ['/node_modules/(?!(hucre|openid-client|oauth4webapi|jose)/)'],
  transform: {
    '^.+\\.(ts|mjs|js)$': [
      '@swc/jest',
      {
        jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
        module: { type: 'commonjs' },
        sourceMaps: 'inline',
      },
    ],
  },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.lowwater/'],
  ...options,
});
/** The page: its packages are in its own folder, and there must be one React. */
const inPage = {
  setupFiles: ['<rootDir>/test/web/support/all-texts.ts'],
  testMatch: ['<rootDir>/test/web/**/*.test.{ts,tsx}'],
  transform: {
    '^.+\\.(tsx?|mjs|js)$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', tsx: true },
          transform: { react: { runtime: 'automatic' } },
        },
        module: { type: 'commonjs' },
        sourceMaps: 'inline',
      },
    ],
  },
  moduleNameMapper: {
    '^(\\.{1,2}/.*)\\.js$': '$1',
    '\\.css$': '<rootDir>/test/web/support/styles.ts',
  },
  testEnvironmentOptions: { customExportConditions: ['node', 'require', 'default'] },
};
const withPostgres = {
  globalSetup: '<rootDir>/test/support/run/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/run/global-teardown.ts',
};
module.exports = {
  projects: [
    level('domain'),
    level('repository'),
    level('activities', withPostgres),
    level('workflows', withPostgres),
    level('api', { ...withPostgres, setupFilesAfterEnv: ['<rootDir>/test/support/api/matchers.ts'] }),
    level('replay'),
    level('web', inPage),
    level('e2e', withPostgres),
    level('browser'),
  ],
  testSequencer: '<rootDir>/scripts/lib/longest-first.cjs',
  testTimeout: 120_000,
  maxWorkers: 2,
};
