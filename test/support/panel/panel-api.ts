import { csrfTokenOf } from '../../../src/api/access/csrf.js';
import { sessionLimits } from '../../../src/api/http/sender.js';
import { hashPassword } from '../../../src/storage/access/passwords.js';
import { createPanelSession } from '../../../src/storage/panel/panel-sessions.js';
import { storePanelPassword } from '../../../src/storage/panel/panel-logins.js';
import type { CallOptions, TestApi } from '../api/api.js';

export const panelPassword = 'four unrelated panel words';

let passwordHash: Promise<string> | undefined;
let made = 0;

export interface PanelClient {
  readonly id: string;
  readonly login: string;
}

/** A client whose panel is on, with the password above. */
export async function makePanelClient(api: TestApi, fields: object = {}): Promise<PanelClient> {
  const login = `client-${++made}`;
  const body = { name: `Client ${made}`, currency: 'USD', clientPanel: true, panelLogin: login, ...fields };
  const reply = await api.post('/v1/clients', body);
  if (reply.status !== 201) throw new Error(reply.text);
  const hash = await (passwordHash ??= hashPassword(panelPassword));
  await api.sql.begin((tx) => storePanelPassword(tx, reply.body.id, hash, new Date()));
  return { id: reply.body.id, login: reply.body.panelLogin };
}

/** What a browser sends that is logged in to the panel of this client. */
export async function asPanel(api: TestApi, clientId: string): Promise<CallOptions & { readonly token: string }> {
  const origin = { address: '127.0.0.1', agent: 'tests' };
  const limits = sessionLimits(api.context.config);
  const token = await createPanelSession(api.sql, clientId, origin, limits, api.now ?? Date.now());
  const headers = { Cookie: `lowwater_panel_session=${token}`, 'X-CSRF-Token': csrfTokenOf(token) };
  return { key: null, token, headers };
}
