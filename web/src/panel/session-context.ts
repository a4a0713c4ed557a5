import { createContext, use } from 'react';
import type { PanelSession } from './panel-session';

/** The session within which the pages of the panel are shown. */
export const SessionContext = createContext<PanelSession | null>(null);

export function usePanelSession(): PanelSession {
  const session = use(SessionContext);
  if (!session) throw new Error('a page of the panel is shown within its frame');
  return session;
}
