import { readFileSync } from 'node:fs';
import react from '@vitejs/plugin-react';
import { defineConfig, loadEnv, type HtmlTagDescriptor, type Plugin, type Rolldown } from 'vite';
import { app as english } from './src/i18n/en/app.ts';
import { common as commonEnglish } from './src/i18n/en/common.ts';
import { app as ukrainian } from './src/i18n/uk/app.ts';
import { common as commonUkrainian } from './src/i18n/uk/common.ts';

export default defineConfig(({ mode }) => {
  const env = loadEnv(mode, '.', 'LOWWATER_');
  /** `npm run dev` serves the page beside a running API (LOWWATER_API, default the one of `npm start`). */
  const api = env['LOWWATER_API'] ?? 'http://127.0.0.1:8080';
  const id = env['LOWWATER_PAGE_ID'] ?? 'development';
  return {
    plugins: [react(), pageId(id), documentParts(), framePreloads()],
    define: { __PAGE_ID__: JSON.stringify(id) },
    build: {
      outDir: '../.cache/web-dist',
      emptyOutDir: true,
      sourcemap: false,
      target: 'es2022',
      chunkSizeWarningLimit: 600,
      rolldownOptions: {
        input: { index: 'index.html', panel: 'panel.html' },
        output: {
          codeSplitting: { groups: chunkGroups },
          // Rolldown names what is shared after all that share it.
          chunkFileNames: ({ name }) => `assets/${name.replace(/~.*/, '')}-[hash].js`,
          assetFileNames: ({ names: [name = 'asset'] }) =>
            `assets/${name.replace(/~.*(\.\w+)$/, '$1').replace(/\.\w+$/, '')}-[hash][extname]`,
        },
      },
    },
    server: { proxy: { '/v1': api, '/docs': api, '/openapi.json': api } },
  };
});

/**
 * A browser has six connections to the service, and on a slow line each round of requests costs more than what it carries:
 * what several pages share is one chunk of packages and one of the page's own. What the entry needs is apart from all
 * others, because it starts first, and so are the charts, because they come last. Each group imports only those above it:
 * chunks in a cycle would run before what they import (scripts/lib/page.mjs refuses one).
 */
const charts =
  /[\\/]node_modules[\\/](recharts|d3-[\w-]+|victory-vendor|@reduxjs|redux[\w-]*|react-redux|immer|reselect|es-toolkit|decimal\.js-light|@mantine[\\/]charts)[\\/]/;
const chunkGroups: Rolldown.CodeSplittingGroup[] = [
  {
    name: 'entry',
    test: /[\\/](node_modules[\\/](react|@tabler[\\/]icons-react)[\\/]|src[\\/]i18n[\\/](language|intl|saved)\.ts)/,
    priority: 30,
  },
  {
    name: 'packages',
    test: (id) => /[\\/]node_modules[\\/]/.test(id) && !charts.test(id),
    minShareCount: 2,
    priority: 20,
  },
  { name: 'charts', test: charts, priority: 15 },
  { name: 'shared', test: /[\\/]src[\\/]/, minShareCount: 4, priority: 10 },
];

/** page.json says which build is served: a tab compares it with its own. */
function pageId(id: string): Plugin {
  return {
    name: 'page-id',
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: 'page.json', source: JSON.stringify({ id }) });
    },
  };
}

/** Puts the style and the script of src/document into the document itself, with their texts in every language. */
function documentParts(): Plugin {
  const read = (name: string): string => readFileSync(new URL(`src/document/${name}`, import.meta.url), 'utf8');
  const textsOf = (app: typeof english | typeof ukrainian, common: { readonly 'common.loading': unknown }): object => ({
    // A page's address and the name of its text are the same word.
    headings: Object.fromEntries(
      Object.entries(app)
        .filter(([key]) => key.startsWith('app.nav.'))
        .map(([key, text]) => [key.slice('app.nav.'.length), text]),
    ),
    loading: common['common.loading'],
    failed: app['app.failure.start'],
    failedText: app['app.failure.startText'],
    reload: app['app.failure.reload'],
  });
  const texts = { en: textsOf(english, commonEnglish), uk: textsOf(ukrainian, commonUkrainian) };
  return {
    name: 'document-parts',
    transformIndexHtml: {
      order: 'pre',
      handler: (html) =>
        html
          .replace(
            '<document-style></document-style>',
            () => `<style>\n${withoutComments(read('document.css'))}</style>`,
          )
          .replace(
            '<document-script></document-script>',
            () =>
              `<script>\n${withoutComments(read('document.js')).replace('(TEXTS)', () => `(${asScript(texts)})`)}</script>`,
          ),
    },
  };
}

const withoutComments = (text: string): string =>
  text
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/^\s*\/\/.*$/gm, '')
    .replace(/\n\s*\n/g, '\n')
    .replace(/^\s+/gm, '');

/** Within a script element, where `</script>` would end it. */
const asScript = (value: unknown): string => JSON.stringify(value).replaceAll('<', '\\u003c');

/** The frame of the page is imported when the entry runs: the document asks for it, and for its styles, at once. */
function framePreloads(): Plugin {
  return {
    name: 'frame-preloads',
    enforce: 'post',
    transformIndexHtml: {
      order: 'post',
      handler(_html, { bundle, path }) {
        // The client panel imports its frame itself.
        if (path.endsWith('panel.html')) return [];
        const chunks = Object.values(bundle ?? {}).filter((part) => part.type === 'chunk');
        const frame = chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith('/src/app/start.tsx'));
        if (!frame) return [];
        const all = new Set<Rolldown.OutputChunk>();
        const collect = (chunk: Rolldown.OutputChunk): void => {
          if (all.has(chunk)) return;
          all.add(chunk);
          for (const name of chunk.imports) {
            const imported = chunks.find(({ fileName }) => fileName === name);
            if (imported) collect(imported);
          }
        };
        collect(frame);
        const styles = [...all].flatMap(({ viteMetadata }) => [...(viteMetadata?.importedCss ?? [])]);
        return [
          ...styles.map((file) => preload({ rel: 'preload', as: 'style', href: `/${file}` })),
          ...[...all].map(({ fileName }) => preload({ rel: 'modulepreload', href: `/${fileName}` })),
        ];
      },
    },
  };
}

const preload = (attrs: Record<string, string>): HtmlTagDescriptor => ({
  tag: 'link',
  attrs: { crossorigin: true, ...attrs },
  injectTo: 'head',
});
