import react from '@vitejs/plugin-react';
import { defineConfig, loadEnv } from 'vite';

export default defineConfig(({ mode }) => {
  /** `npm run dev` serves the page beside a running API (LOWWATER_API, default the one of `npm start`). */
  const api = loadEnv(mode, '.', 'LOWWATER_')['LOWWATER_API'] ?? 'http://127.0.0.1:8080';
  return {
    plugins: [react()],
    build: { outDir: '../.cache/web-dist', emptyOutDir: true, sourcemap: false, target: 'es2022' },
    server: { proxy: { '/v1': api, '/docs': api, '/openapi.json': api } },
  };
});
