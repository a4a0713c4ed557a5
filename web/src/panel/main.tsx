// In a layer: the page's own styles win, in whatever order the files of styles arrive.
import '@mantine/core/styles.layer.css';
import '@mantine/notifications/styles.layer.css';
import './panel.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createQueryClient } from '../api/queries';
import '../i18n/late/panel';
import { loadLanguage } from '../i18n/t';
import { PanelApp } from './PanelApp';
import { observePanelSession } from './panel-session';

/** The client panel: a page apart from that of staff, with a session of its client. */
async function start(): Promise<void> {
  const root = document.getElementById('root');
  if (!root) throw new Error('panel.html has no #root');
  const queries = createQueryClient();
  observePanelSession(queries);
  await loadLanguage();
  createRoot(root).render(
    <StrictMode>
      <PanelApp queries={queries} />
    </StrictMode>,
  );
}

void start();
