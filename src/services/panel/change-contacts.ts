import { DomainError } from '../../domain/errors.js';
import { applyPatch, type Patch } from '../../domain/patch.js';
import {
  lockPanelProfile,
  updatePanelContacts,
  type PanelContacts,
  type PanelProfileRow,
} from '../../storage/panel/panel-profile.js';
import { enqueueSignal } from '../../storage/monitoring/outbox.js';
import { change, recorded, type Precondition, type Requester } from '../change.js';
import { panelEntry, type PanelClient } from './panel-entry.js';

/**
 * Changes the contacts of the client that its panel user may change without a confirmation: all but the billing email.
 *
 * @throws DomainError `not_found`
 */
export function changeContacts(
  requester: Requester,
  client: PanelClient,
  patch: Patch<PanelContacts>,
  precondition: Precondition<PanelProfileRow>,
): Promise<void> {
  const { clientId } = client;
  return change(requester, async (tx) => {
    const row = await lockPanelProfile(tx, clientId);
    if (!row) throw new DomainError('not_found', 'the client is gone');
    precondition(row);
    const before = contactsOf(row);
    const after = applyPatch(before, patch);
    await updatePanelContacts(tx, clientId, after);
    await enqueueSignal(tx, clientId, 'configurationChanged');
    return recorded(
      undefined,
      panelEntry('panel.change_contacts', client, { before: { ...before }, after: { ...after } }),
    );
  });
}

function contactsOf({
  companyName,
  mainEmail,
  nocEmail,
  ratesEmail,
  address,
  zipCode,
}: PanelProfileRow): PanelContacts {
  return { companyName, mainEmail, nocEmail, ratesEmail, address, zipCode };
}
