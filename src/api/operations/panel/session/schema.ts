import { transfersAllowed } from '../../../../storage/accounts/transfer-permissions.js';
import { readInstallationSettings } from '../../../../storage/system/installation-settings.js';
import type { Scope } from '../../../../storage/system/scope.js';
import { offersCardPayments } from '../../../access/panel-payer.js';
import { panelCookie } from '../../../access/session-cookie.js';
import type { ApiContext, PanelCaller } from '../../../context.js';
import { currencyText, idText, timeString, timeText } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';
import { sessionLimits, type Sender } from '../../../http/sender.js';

export const panelSessionSchema = z
  .strictObject({
    client: z.strictObject({
      id: idText,
      name: z.string(),
      login: z.string(),
      status: z.enum(['active', 'stop']).openapi({ description: '`stop`: the panel only shows data' }),
      currency: currencyText,
      locale: z.string().openapi({ example: 'en' }),
      timezone: z.string().openapi({ example: 'Europe/Kyiv' }),
    }),
    provider: z.string().openapi({ description: 'Name of the reseller' }),
    may: z.strictObject({
      changeThresholds: z
        .boolean()
        .openapi({ description: 'The installation lets clients change when they are notified' }),
      transfer: z.boolean().openapi({ description: 'Transfers between the client’s accounts are allowed' }),
      payByCard: z.boolean().openapi({ description: 'The client may register a card and pay with it' }),
    }),
    csrfToken: z.string().openapi({ description: 'Send it as X-CSRF-Token with every change' }),
    expiresAt: timeString.openapi({ description: 'When the session ends if it is not used' }),
  })
  .openapi('PanelSession');

/** The session as the panel's page needs it. */
export async function panelSessionJson(
  caller: PanelCaller,
  scope: Scope,
): Promise<z.output<typeof panelSessionSchema>> {
  const { clientId: id, name, login, status, currency, locale, timezone, resellerName, session } = caller;
  const may = await scope.read(async (q) => ({
    changeThresholds: (await readInstallationSettings(q)).panelChangesThresholds,
    transfer: await transfersAllowed(q, id),
    payByCard: await offersCardPayments(q),
  }));
  return {
    client: { id, name, login, status, currency, locale, timezone },
    provider: resellerName,
    may,
    csrfToken: session.csrfToken,
    expiresAt: timeText(session.expiresAt),
  };
}

/** The panel's cookie as headers of an answer. */
export function panelCookieOf(
  token: string,
  context: ApiContext,
  sender: Sender,
): { readonly headers: Readonly<Record<string, string>> } {
  return { headers: { 'Set-Cookie': panelCookie(token, sessionLimits(context.config).absoluteMs, sender.secure) } };
}

export const panelLinkToken = z
  .string()
  .min(1)
  .max(100)
  .openapi({ description: 'Of the address in the email, behind `#`', example: 'x'.repeat(43) });
