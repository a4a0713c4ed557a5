/**
 * Module boundaries: which folder may import which. `npm run lint` rejects all other imports. docs/architecture.md gives the
 * reasons.
 */
const only = (folder, allowed) => ({
  name: `${folder}-imports-only`,
  comment: `src/${folder} may import only: ${allowed.join(', ') || 'no other folder of src'}`,
  severity: 'error',
  from: { path: `^src/${folder}/` },
  to: { path: '^src/', pathNot: [`^src/${folder}/`, ...allowed.map((to) => `^src/${to}`)] },
});
const noPackages = (folder, packages) => ({
  name: `${folder}-packages`,
  comment: `src/${folder} may use only these packages: ${packages.join(', ') || 'none'}`,
  severity: 'error',
  from: { path: `^src/${folder}/` },
  to: {
    dependencyTypes: ['npm', 'npm-dev', 'npm-optional', 'core'],
    pathNot: packages.map((p) => `node_modules/${p}/`),
  },
});
module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      // Type imports count: two files that use each other's types belong together.
      to: { circular: true },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      // The scripts of the API's reader are served as files.
      from: { orphan: true, path: '^src/', pathNot: ['\\.d\\.ts$', '^src/api/docs/[\\w-]+\\.js$'] },
      to: {},
    },
    only('domain', []),
    noPackages('domain', []),
    only('contract', ['domain/']),
    noPackages('contract', ['@temporalio/(common|workflow)']),
    only('workflows', ['domain/', 'contract/', 'activities/index\\.ts']),
    noPackages('workflows', ['@temporalio/(common|workflow)']),
    {
      name: 'workflows-see-activity-types-only',
      comment: 'workflows may import types of activities only',
      severity: 'error',
      from: { path: '^src/workflows/' },
      to: { path: '^src/activities/', dependencyTypesNot: ['type-only'] },
    },
    only('storage', ['domain/', 'contract/']),
    {
      name: 'simulation-storage',
      comment: 'only simulations may remove what a real database must keep',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^src/storage/system/simulation\\.ts$' },
    },
    only('services', ['domain/', 'contract/', 'storage/']),
    only('balances', ['domain/', 'contract/', 'storage/']),
    only('mail', ['domain/', 'contract/', 'storage/']),
    only('documents', ['domain/', 'storage/']),
    only('openid', ['domain/']),
    only('webhooks', ['domain/']),
    only('gateways', ['domain/', 'webhooks/address-guard\\.ts']),
    only('activities', [
      'domain/',
      'contract/',
      'storage/',
      'services/',
      'balances/',
      'mail/',
      'documents/',
      'webhooks/',
      'gateways/',
      'observability/',
    ]),
    only('temporal', ['domain/', 'contract/', 'storage/', 'observability/', 'config\\.ts']),
    only('observability', ['config\\.ts']),
    only('simulate', ['domain/', 'contract/']),
    {
      name: 'one-door-to-local-stack',
      comment: 'the service runs without local-stack; the commands that need it load it through src/cli/local-stack.ts',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/cli/local-stack\\.ts$' },
      to: { path: '^local-stack/' },
    },
    {
      name: 'local-stack-loaded-on-demand',
      comment: 'the image has no local-stack: a command that never starts it must not load it',
      severity: 'error',
      from: { path: '^src/cli/local-stack\\.ts$' },
      to: { path: '^local-stack/', dependencyTypesNot: ['type-only', 'dynamic-import'] },
    },
    only('api', [
      'domain/',
      'contract/',
      'storage/',
      'services/',
      'balances/',
      'mail/',
      'documents/',
      'webhooks/',
      'gateways/',
      'openid/',
      'temporal/',
      'observability/',
      'config\\.ts',
    ]),
    {
      name: 'no-imports-of-entry-points',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(api|cli)/' },
      to: { path: '^src/(api|cli)/' },
    },
    {
      name: 'not-to-dev-dependencies',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: ['node_modules/@types/'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['require', 'node', 'types', 'import'] },
  },
};
