import { ownReasons } from '../../api/kinds';
import { t, type Key } from '../../i18n/t';

type OwnReason = (typeof ownReasons)[number];

/** The compiler refuses a reason of the service that has no text. */
const texts: Readonly<Record<OwnReason, Key>> = {
  became_unlimited: 'ui.ownReason.becameUnlimited',
  'client created': 'ui.ownReason.clientCreated',
  'client deleted': 'ui.ownReason.clientDeleted',
  'client template': 'ui.ownReason.clientTemplate',
  imported: 'ui.ownReason.imported',
};

/** A reason as people read it. One that the service recorded is in the language of the page, also in front of a user's reason. */
export function reasonText(reason: string | null): string {
  if (reason === null) return '';
  const own = ownReasons.find((name) => reason === name || reason.startsWith(`${name}: `));
  return own === undefined ? reason : `${t(texts[own])}${reason.slice(own.length)}`;
}
