import { DomainError } from '../../../domain/errors.js';
import { sampleVariables, type MailKind, type MailVariables } from '../../../mail/variables.js';
import { readMonitoringTerms } from '../../../storage/monitoring/monitoring-terms.js';
import { readMailContext } from '../../../storage/notifications/mail-context.js';
import type { Scope } from '../../../storage/system/scope.js';
import type { ApiContext } from '../../context.js';
import { requireAccount } from '../ledger/shared.js';
import { previewVariables } from './preview-variables.js';

/** The reader of a preview of a template: a client, or no one in particular. */
interface PreviewReader {
  readonly variables: MailVariables;
  readonly locale: string;
  readonly timeZone: string;
}

interface ReaderInput {
  readonly context: ApiContext;
  readonly scope: Scope;
  readonly now: number;
}

/** @throws DomainError `not_found` */
export async function readerOf(
  { context, scope, now }: ReaderInput,
  kind: MailKind,
  clientId: string | null,
): Promise<PreviewReader> {
  if (clientId === null) return { variables: sampleVariables(kind), locale: 'en', timeZone: 'UTC' };
  await requireAccount({ scope, now }, clientId, '/clientId');
  const { client, terms } = await scope.read(async (q) => ({
    client: await readMailContext(q, clientId, now),
    terms: (await readMonitoringTerms(q, [clientId])).get(clientId),
  }));
  if (!client || !terms) throw new DomainError('not_found', `there is no client ${clientId}`, '/clientId');
  const url = context.config.PUBLIC_URL ?? null;
  return {
    variables: previewVariables(kind, client, terms, url, now),
    locale: client.locale,
    timeZone: client.timezone,
  };
}
