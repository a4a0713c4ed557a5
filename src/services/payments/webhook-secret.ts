import type { Sealer } from '../../storage/access/sealing.js';
import type { SealedSource } from '../../storage/payments/webhook-sources.js';

/** The secret as it is stored: it opens in the row of this source only. */
export function sealWebhookSecret(sealer: Sealer, name: string, secret: string): Uint8Array {
  return sealer.seal(secret, sealPlace(name));
}

/** The secrets that a message may be signed with now, newest first. @throws Error where they cannot be opened */
export function openWebhookSecrets(sealer: Sealer, source: SealedSource, now: number): string[] {
  const [newest, older] = source.secrets;
  const accepted = older && source.olderUntil && source.olderUntil.getTime() > now ? [newest, older] : [newest];
  return accepted.flatMap((sealed) => (sealed ? [sealer.open(sealed, sealPlace(source.name))] : []));
}

function sealPlace(name: string): string {
  return `webhook-source:${name}`;
}
