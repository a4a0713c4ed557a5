import { DomainError } from '../../../../domain/errors.js';
import { formatMoney, moneyOf } from '../../../../domain/money.js';
import { changeThresholds, isOwnThreshold } from '../../../../services/panel/change-thresholds.js';
import { readPanelProfile, type PanelProfileRow } from '../../../../storage/panel/panel-profile.js';
import { readInstallationSettings } from '../../../../storage/system/installation-settings.js';
import type { Scope } from '../../../../storage/system/scope.js';
import { ok } from '../../../contract/answers.js';
import { definePanelOperation } from '../../../contract/operation.js';
import { currencyText, money, moneyText } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';
import { requireVersion } from '../../../http/if-match.js';
import { warningThresholds } from '../../clients/warning-thresholds.js';

const thresholdsSchema = z
  .strictObject({
    notifyClient: z
      .boolean()
      .openapi({ description: 'Emails the billing email once when available falls below the threshold' }),
    lowBalanceThreshold: moneyText.nullable(),
    warningThresholds: z.array(z.string()),
    currency: currencyText,
    mayChange: z.boolean().openapi({ description: 'The installation lets clients change these settings' }),
    mayChangeThreshold: z.boolean().openapi({
      description: 'false: the provider uses `lowBalanceThreshold` as well, and changes it',
    }),
  })
  .openapi('PanelThresholds');

const patch = z
  .strictObject({
    notifyClient: z.boolean().optional(),
    lowBalanceThreshold: money()
      .nullable()
      .optional()
      .openapi({ type: ['string', 'null'] }),
    warningThresholds: warningThresholds.optional(),
  })
  .openapi('PanelThresholdsPatch');

function thresholdsJson(row: PanelProfileRow, mayChange: boolean): z.output<typeof thresholdsSchema> {
  const { notifyClient, lowBalanceThreshold: threshold, warningThresholds: warnings, currency } = row;
  return {
    notifyClient,
    lowBalanceThreshold: threshold === null ? null : formatMoney(moneyOf(threshold)),
    warningThresholds: [...warnings],
    currency,
    mayChange,
    mayChangeThreshold: mayChange && isOwnThreshold(row),
  };
}

function readThresholds(
  scope: Scope,
  clientId: string,
): Promise<{ readonly json: z.output<typeof thresholdsSchema>; readonly version: number }> {
  return scope.read(async (q) => {
    const row = await readPanelProfile(q, clientId);
    if (!row) throw new DomainError('not_found', 'the client is gone');
    const { panelChangesThresholds } = await readInstallationSettings(q);
    return { json: thresholdsJson(row, panelChangesThresholds), version: row.version };
  });
}

export const readPanelThresholdsOperation = definePanelOperation({
  id: 'readPanelThresholds',
  method: 'get',
  path: '/v1/panel/thresholds',
  area: 'panel',
  summary: 'Get when the client is notified of a low balance',
  responses: { 200: { description: 'The thresholds', schema: thresholdsSchema } },
  async handler({ caller, scope }) {
    const { json, version } = await readThresholds(scope, caller.clientId);
    return ok(json, { version });
  },
});

export const changePanelThresholdsOperation = definePanelOperation({
  id: 'changePanelThresholds',
  method: 'patch',
  path: '/v1/panel/thresholds',
  area: 'panel',
  summary: 'Change when the client is notified of a low balance',
  description:
    'Only where the installation setting `panelChangesThresholds` is on. A threshold that the provider uses as well stays as it is.',
  needsIfMatch: true,
  request: { body: patch },
  example: { notifyClient: true, lowBalanceThreshold: '50.00' },
  responses: { 200: { description: 'The thresholds', schema: thresholdsSchema } },
  problems: ['panel_not_allowed', 'conflict'],
  async handler({ body, caller, scope, requester, ifMatch }) {
    const before = await readThresholds(scope, caller.clientId);
    await changeThresholds(requester, caller, body, (row) => requireVersion(ifMatch, row.version, before.json));
    const { json, version } = await readThresholds(scope, caller.clientId);
    return ok(json, { version });
  },
});
