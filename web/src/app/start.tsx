// In a layer: the page's own styles win, in whatever order the files of styles arrive.
import '@mantine/core/styles.layer.css';
import '@mantine/dates/styles.layer.css';
import '@mantine/notifications/styles.layer.css';
import '@mantine/spotlight/styles.layer.css';
import './app.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createQueryClient } from '../api/queries';
import { loadLanguage } from '../i18n/t';
import { observeSession } from '../session/session';
import { App } from './App';
import { AppBoundary } from './failure/AppBoundary';
import { keepSkeleton } from './skeleton';

export async function start(): Promise<void> {
  const root = document.getElementById('root');
  if (!root) throw new Error('index.html has no #root');
  const queries = createQueryClient();
  observeSession(queries);
  await loadLanguage();
  keepSkeleton(root);
  createRoot(root).render(
    <StrictMode>
      <AppBoundary>
        <App queries={queries} />
      </AppBoundary>
    </StrictMode>,
  );
}
