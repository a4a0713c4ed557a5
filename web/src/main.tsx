import '@mantine/core/styles.css';
import '@mantine/dates/styles.css';
import '@mantine/notifications/styles.css';
import '@mantine/spotlight/styles.css';
import './app/app.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createQueryClient } from './api/queries';
import { App } from './app/App';
import { loadLanguage } from './i18n/t';
import { observeSession } from './session/session';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');

const queries = createQueryClient();
observeSession(queries);
await loadLanguage();
createRoot(root).render(
  <StrictMode>
    <App queries={queries} />
  </StrictMode>,
);
