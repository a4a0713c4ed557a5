import { DomainError } from '../../../../domain/errors.js';
import { RefusedAddress, requirePublicUrl } from '../../../../webhooks/address-guard.js';
import type { ApiContext } from '../../../context.js';

/** @throws DomainError `invalid` for an address to which no webhook may be sent */
export async function checkWebhookUrl({ webhookGuard }: ApiContext, url: string): Promise<void> {
  try {
    await requirePublicUrl(url, webhookGuard);
  } catch (error) {
    if (error instanceof RefusedAddress) throw new DomainError('invalid', error.message, '/url');
    throw error;
  }
}
