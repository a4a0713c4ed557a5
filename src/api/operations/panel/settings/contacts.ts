import { DomainError } from '../../../../domain/errors.js';
import { changeContacts } from '../../../../services/panel/change-contacts.js';
import { requestBillingEmail, withdrawBillingEmail } from '../../../../services/panel/request-billing-email.js';
import { findPendingEmailChange, type BillingEmailChange } from '../../../../storage/panel/billing-email-changes.js';
import { readPanelProfile, type PanelProfileRow } from '../../../../storage/panel/panel-profile.js';
import type { Scope } from '../../../../storage/system/scope.js';
import { requirePublicUrl } from '../../../access/account-links.js';
import { accepted, noContent, ok } from '../../../contract/answers.js';
import { emailAddress } from '../../../contract/emails.js';
import { definePanelOperation } from '../../../contract/operation.js';
import { line, lines, orNull, timeString, timeText } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';
import { requireVersion } from '../../../http/if-match.js';

const pendingSchema = z
  .strictObject({
    newEmail: z.string(),
    requestedAt: timeString,
    oldConfirmed: z.boolean().openapi({ description: 'The old address has confirmed, or there is none' }),
    newConfirmed: z.boolean(),
  })
  .openapi('PendingBillingEmail');

const contactsSchema = z
  .strictObject({
    companyName: z.string().nullable(),
    mainEmail: z.string().nullable(),
    nocEmail: z.string().nullable(),
    ratesEmail: z.string().nullable(),
    billingEmail: z.string().nullable(),
    address: z.string().nullable(),
    zipCode: z.string().nullable(),
    taxId: z.string().nullable(),
    registrationId: z.string().nullable(),
    pendingBillingEmail: orNull(pendingSchema).openapi({ description: 'Waits for confirmations; null: none does' }),
  })
  .openapi('PanelContacts');

const patch = z
  .strictObject({
    companyName: line(200)
      .nullable()
      .optional()
      .openapi({ type: ['string', 'null'] }),
    mainEmail: emailAddress
      .nullable()
      .optional()
      .openapi({ type: ['string', 'null'] }),
    nocEmail: emailAddress
      .nullable()
      .optional()
      .openapi({ type: ['string', 'null'] }),
    ratesEmail: emailAddress
      .nullable()
      .optional()
      .openapi({ type: ['string', 'null'] }),
    address: lines(500)
      .nullable()
      .optional()
      .openapi({ type: ['string', 'null'] }),
    zipCode: line(20)
      .nullable()
      .optional()
      .openapi({ type: ['string', 'null'] }),
  })
  .openapi('PanelContactsPatch');

function contactsJson(row: PanelProfileRow, pending: BillingEmailChange | null): z.output<typeof contactsSchema> {
  const { companyName, mainEmail, nocEmail, ratesEmail, billingEmail, address, zipCode, taxId, registrationId } = row;
  return {
    ...{ companyName, mainEmail, nocEmail, ratesEmail, billingEmail, address, zipCode, taxId, registrationId },
    pendingBillingEmail: pending && {
      newEmail: pending.newEmail,
      requestedAt: timeText(pending.requestedAt),
      oldConfirmed: pending.oldEmail === null || pending.oldConfirmedAt !== null,
      newConfirmed: pending.newConfirmedAt !== null,
    },
  };
}

function readContacts(
  scope: Scope,
  clientId: string,
): Promise<{ readonly json: z.output<typeof contactsSchema>; readonly version: number }> {
  return scope.read(async (q) => {
    const row = await readPanelProfile(q, clientId);
    if (!row) throw new DomainError('not_found', 'the client is gone');
    return { json: contactsJson(row, await findPendingEmailChange(q, clientId)), version: row.version };
  });
}

export const readPanelContactsOperation = definePanelOperation({
  id: 'readPanelContacts',
  method: 'get',
  path: '/v1/panel/contacts',
  area: 'panel',
  summary: 'Get the own company data and addresses',
  responses: { 200: { description: 'The contacts', schema: contactsSchema } },
  async handler({ caller, scope }) {
    const { json, version } = await readContacts(scope, caller.clientId);
    return ok(json, { version });
  },
});

export const changePanelContactsOperation = definePanelOperation({
  id: 'changePanelContacts',
  method: 'patch',
  path: '/v1/panel/contacts',
  area: 'panel',
  summary: 'Change the own company data and addresses',
  description:
    'Absent fields keep their values, null clears a field. The billing email changes by POST /v1/panel/billing-email.',
  needsIfMatch: true,
  request: { body: patch },
  example: { nocEmail: 'noc@acme.example' },
  responses: { 200: { description: 'The contacts', schema: contactsSchema } },
  async handler({ body, caller, scope, requester, ifMatch }) {
    const before = await readContacts(scope, caller.clientId);
    await changeContacts(requester, caller, body, (row) => requireVersion(ifMatch, row.version, before.json));
    const { json, version } = await readContacts(scope, caller.clientId);
    return ok(json, { version });
  },
});

export const requestBillingEmailOperation = definePanelOperation({
  id: 'requestBillingEmail',
  method: 'post',
  path: '/v1/panel/billing-email',
  area: 'panel',
  summary: 'Ask for another billing email',
  description:
    'Emails a link to the old and to the new address. The new one counts once both have confirmed it. A change that waits is replaced.',
  request: { body: z.strictObject({ billingEmail: emailAddress }).openapi('BillingEmailRequest') },
  example: { billingEmail: 'finance@acme.example' },
  responses: { 202: { description: 'The links are on their way', schema: contactsSchema } },
  problems: ['not_configured'],
  async handler({ body, caller, context, scope, requester }) {
    requirePublicUrl(context);
    await requestBillingEmail(requester, caller, body.billingEmail);
    return accepted((await readContacts(scope, caller.clientId)).json);
  },
});

export const withdrawBillingEmailOperation = definePanelOperation({
  id: 'withdrawBillingEmail',
  method: 'delete',
  path: '/v1/panel/billing-email',
  area: 'panel',
  summary: 'Withdraw the change of the billing email',
  description: 'Its links stop working. Nothing happens where no change waits.',
  responses: { 204: { description: 'No change waits' } },
  async handler({ caller, requester }) {
    await withdrawBillingEmail(requester, caller);
    return noContent();
  },
});
