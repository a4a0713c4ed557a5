/**
 * Module boundaries of the web page: imports go one way, from pages to shared parts. docs/architecture.md gives the reasons.
 */
const only = (folder, allowed) => ({
  name: `web-${folder}-imports-only`,
  comment: `web/src/${folder} may import only: ${allowed.join(', ') || 'no other folder of web/src'}`,
  severity: 'error',
  from: { path: `^web/src/${folder}/` },
  to: { path: '^web/src/', pathNot: [`^web/src/${folder}/`, ...allowed.map((to) => `^web/src/${to}`)] },
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
    { name: 'not-found', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: '\\.css$' } },
    only('i18n', []),
    only('api', ['i18n/']),
    only('session', ['api/', 'i18n/']),
    only('ui', ['session/', 'api/', 'i18n/']),
    only('form', ['ui/', 'session/', 'api/', 'i18n/']),
    only('list', ['form/', 'ui/', 'session/', 'api/', 'i18n/']),
    only('panel', ['form/', 'ui/', 'api/', 'i18n/', 'theme\\.ts$']),
    {
      name: 'no-one-imports-the-panel',
      comment: 'the client panel is a page apart',
      severity: 'error',
      from: { path: '^web/src/', pathNot: '^web/src/panel/' },
      to: { path: '^web/src/panel/' },
    },
    {
      name: 'no-area-imports-another',
      comment:
        'parts that several areas need belong to web/src/list, form, or ui; a page of tabs may show those of other areas',
      severity: 'error',
      from: { path: '^web/src/pages/([^/]+)/', pathNot: '^web/src/pages/system/(developers|settings)/index\\.tsx$' },
      to: { path: '^web/src/pages/', pathNot: '^web/src/pages/$1/' },
    },
    {
      name: 'no-imports-of-the-shell',
      severity: 'error',
      from: { path: '^web/src/', pathNot: ['^web/src/(app/|main\\.tsx$)'] },
      to: { path: '^web/src/(app/|main\\.tsx$)' },
    },
    {
      name: 'not-outside',
      comment: 'the page uses the service over /v1 only',
      severity: 'error',
      from: { path: '^web/src/' },
      to: { path: '^(src|test|scripts)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'browser', 'types', 'default'] },
  },
};
