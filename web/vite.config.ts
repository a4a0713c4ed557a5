import react from '@vitejs/plugin-react';
import { defineConfig, loadEnv, type Plugin } from 'vite';

export default defineConfig(({ mode }) => {
  const env = loadEnv(mode, '.', 'LOWWATER_');
  /** `npm run dev` serves the page beside a running API (LOWWATER_API, default the one of `npm start`). */
  const api = env['LOWWATER_API'] ?? 'http://127.0.0.1:8080';
  const id = env['LOWWATER_PAGE_ID'] ?? 'development';
  return {
    plugins: [react(), pageId(id)],
    define: { __PAGE_ID__: JSON.stringify(id) },
    build: { outDir: '../.cache/web-dist', emptyOutDir: true, sourcemap: false, target: 'es2022' },
    server: { proxy: { '/v1': api, '/docs': api, '/openapi.json': api } },
  };
});

/** page.json says which build is served: a tab compares it with its own. */
function pageId(id: string): Plugin {
  return {
    name: 'page-id',
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: 'page.json', source: JSON.stringify({ id }) });
    },
  };
}
