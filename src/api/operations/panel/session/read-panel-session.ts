import { ok } from '../../../contract/answers.js';
import { definePanelOperation } from '../../../contract/operation.js';
import { panelSessionJson, panelSessionSchema } from './schema.js';

export const readPanelSessionOperation = definePanelOperation({
  id: 'readPanelSession',
  method: 'get',
  path: '/v1/panel/session',
  area: 'panel',
  summary: 'Get the session of the client panel',
  description: 'The first request of the panel’s page: 401 `session_missing` leads to the login.',
  responses: { 200: { description: 'The session', schema: panelSessionSchema } },
  async handler({ caller, scope }) {
    return ok(await panelSessionJson(caller, scope));
  },
});
