import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** `npm run dev` serves the page beside a running API (LOWWATER_API, default the one of `npm start`). */
const api = process.env['LOWWATER_API'] ?? 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [react()],
  build: { outDir: '../.cache/web-dist', emptyOutDir: true, sourcemap: false, target: 'es2022' },
  server: { proxy: { '/v1': api, '/docs': api, '/openapi.json': api } },
});
