import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

/** Node's own modules have no place where a replay must give the same answer twice. */
const nodeModules = [
  'node:*',
  'fs',
  'path',
  'crypto',
  'os',
  'child_process',
  'http',
  'https',
  'net',
  'timers',
  'perf_hooks',
];

const sqlElsewhere = 'SQL is allowed in src/storage only.';
const sqlTag = '/^(sql|tx|q)$/';

/**
 * What is refused where. The list of a later block replaces that of an earlier one instead of adding to it, so each
 * list names what it takes over.
 */
const inSource = {
  properties: [{ object: 'process', property: 'env', message: 'Only src/config.ts reads the environment.' }],
  syntax: [
    { selector: `TaggedTemplateExpression[tag.name=${sqlTag}]`, message: sqlElsewhere },
    { selector: `TaggedTemplateExpression[tag.property.name=${sqlTag}]`, message: sqlElsewhere },
  ],
};
/** Operations reach data through the scope of their caller; services change it with an audit row. */
const inOperations = {
  syntax: [
    ...inSource.syntax,
    {
      selector: "MemberExpression[object.name='context'][property.name='sql']",
      message: 'Read through the scope of the caller: scope.read(…).',
    },
    {
      selector: "MemberExpression[object.property.name='context'][property.name='sql']",
      message: 'Read through the scope of the caller: scope.read(…).',
    },
    {
      selector: "CallExpression[callee.property.name='write'][callee.object.name='scope']",
      message: 'Change data in a service (src/services), which records it.',
    },
  ],
};
const inServices = {
  syntax: [
    ...inSource.syntax,
    {
      selector: "CallExpression[callee.property.name='write']",
      message: 'Write through change(…), which adds the audit row.',
    },
    {
      selector: "CallExpression[callee.name='inTransaction']",
      message: 'Write through change(…), which adds the audit row.',
    },
    {
      selector: "CallExpression[callee.property.name='begin']",
      message: 'Write through change(…), which adds the audit row.',
    },
  ],
};
/** An append-only ledger, of clients, companies, or resellers, is its own record; nothing else is. */
const outsideLedger = {
  syntax: [
    {
      selector: "CallExpression[callee.name='appendToLedger']",
      message: 'Only the ledger is its own record: write through change(…), which adds the audit row.',
    },
  ],
};
const inPureCode = {
  properties: [
    ...inSource.properties,
    { object: 'Math', property: 'random', message: 'Pure code takes its randomness as an argument.' },
  ],
};
const timeIsParameter = 'The domain receives the current time as a parameter.';
const inDomain = {
  properties: [...inPureCode.properties, { object: 'Date', property: 'now', message: timeIsParameter }],
  syntax: [
    ...inSource.syntax,
    { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: timeIsParameter },
    { selector: "CallExpression[callee.name='Date']", message: timeIsParameter },
  ],
};
const inPageApi = {
  globals: [{ name: 'parseFloat', message: 'Amounts stay decimal strings.' }],
};
const inPage = {
  globals: [...inPageApi.globals, { name: 'fetch', message: 'Speak to the API through web/src/api.' }],
  properties: [
    { object: 'Intl', message: 'It throws on languages and zones it does not know: use web/src/i18n/intl.ts.' },
    {
      property: 'toLocaleString',
      message: 'It ignores the language of the page: use numberFormat of web/src/i18n/intl.ts.',
    },
    { object: 'localStorage', message: 'A browser may refuse it: use web/src/i18n/saved.ts.' },
  ],
};

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', '.lowwater/', '.cache/', 'coverage/', 'web/node_modules/', 'web/*.*'] },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.recommended],
    languageOptions: { parserOptions: { project: './tsconfig.test.json', tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { arguments: false } }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  {
    files: ['web/src/**/*.{ts,tsx}', 'test/web/**/*.{ts,tsx}'],
    ignores: ['test/web/schema.test.ts'],
    languageOptions: { parserOptions: { project: './web/tsconfig.test.json', tsconfigRootDir: import.meta.dirname } },
  },
  {
    files: ['test/browser/**/*.ts'],
    languageOptions: {
      parserOptions: { project: './test/browser/tsconfig.json', tsconfigRootDir: import.meta.dirname },
    },
  },
  {
    files: ['web/src/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks },
    rules: {
      'react-hooks/rules-of-hooks': 'error',
      'react-hooks/exhaustive-deps': 'error',
      // An event handler of the page may be async: what it throws is caught where mutations are (api/).
      '@typescript-eslint/no-misused-promises': [
        'error',
        { checksVoidReturn: { arguments: false, attributes: false } },
      ],
      // A component's return type is always the same.
      '@typescript-eslint/explicit-module-boundary-types': 'off',
      'no-restricted-globals': ['error', ...inPage.globals],
    },
  },
  {
    files: ['web/src/**/*.{ts,tsx}'],
    ignores: ['web/src/i18n/{intl,saved}.ts'],
    rules: { 'no-restricted-properties': ['error', ...inPage.properties] },
  },
  {
    files: ['web/src/api/**/*.ts'],
    rules: { 'no-restricted-globals': ['error', ...inPageApi.globals] },
  },
  {
    // Written by `npm run types`.
    files: ['web/src/api/schema.ts'],
    rules: { '@typescript-eslint/consistent-type-imports': 'off' },
  },
  {
    files: ['{src,local-stack/src}/**/*.ts'],
    ignores: ['src/config.ts'],
    rules: { 'no-restricted-properties': ['error', ...inSource.properties] },
  },
  {
    files: ['{src,local-stack/src}/**/*.ts'],
    ignores: [
      'src/storage/**',
      // Asks a foreign database, of which storage knows nothing.
      'src/balances/sql.ts',
      // Makes the database itself, before there is anything to store.
      'local-stack/src/servers/postgres.ts',
    ],
    rules: { 'no-restricted-syntax': ['error', ...inSource.syntax] },
  },
  {
    files: ['src/api/operations/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', ...inOperations.syntax] },
  },
  {
    files: ['src/services/**/*.ts'],
    ignores: ['src/services/change.ts'],
    rules: { 'no-restricted-syntax': ['error', ...inServices.syntax] },
  },
  {
    files: ['src/services/**/*.ts'],
    ignores: [
      'src/services/change.ts',
      'src/services/ledger/**',
      'src/services/companies/record-company-entry.ts',
      'src/services/resellers/record-reseller-entry.ts',
    ],
    rules: { 'no-restricted-syntax': ['error', ...inServices.syntax, ...outsideLedger.syntax] },
  },
  {
    // The factories' inferred types are the contract with the workflows: written out they would say it twice.
    files: ['src/activities/**/*.ts'],
    rules: { '@typescript-eslint/explicit-module-boundary-types': 'off' },
  },
  {
    files: ['src/domain/**/*.ts', 'src/contract/**/*.ts', 'src/workflows/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ group: nodeModules, message: 'Workflow-safe code uses no Node module.' }] },
      ],
      'no-restricted-properties': ['error', ...inPureCode.properties],
    },
  },
  {
    files: ['src/domain/**/*.ts'],
    rules: {
      'no-restricted-properties': ['error', ...inDomain.properties],
      'no-restricted-syntax': ['error', ...inDomain.syntax],
    },
  },
);
