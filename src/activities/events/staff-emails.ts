import { describeEvent, eventKinds } from '../../domain/events/events.js';
import { withoutEndSlash } from '../../domain/urls.js';
import { renderMail } from '../../mail/render.js';
import type { MailTransport } from '../../mail/smtp/transport.js';
import type { MailVariables } from '../../mail/variables.js';
import type { Sql } from '../../storage/system/database.js';
import {
  claimEventEmail,
  claimRecoveryEmail,
  markEventsEmailed,
  markRecoveryEmailed,
  postponeEventEmail,
  postponeRecoveryEmail,
  type EmailedEvent,
  type EventEmail,
} from '../../storage/events/event-emails.js';
import type { Logger } from '../../observability/logger.js';

/** What an email to staff needs of the world. */
interface StaffEmailParts {
  readonly sql: Sql;
  readonly mail: MailTransport;
  readonly logger: Logger;
  readonly settings: { readonly staffEmail: string; readonly mailDomain: string; readonly publicUrl: string | null };
}

/** Events that one email describes; of the others it gives the number. */
const maxDescribed = 20;

/**
 * Emails staff about events that are open and not emailed yet: one email per group and hour, however many events it has. When the
 * causes of such a group have ended, one email says so.
 * An email that the server does not accept is sent again minutes later, under the same Message-ID.
 *
 * @returns number of emails that were accepted
 */
export async function emailStaff(parts: StaffEmailParts): Promise<number> {
  return (await emailAll(parts, beginnings)) + (await emailAll(parts, ends));
}

/** Emails about events of one sort: what is claimed, how it reads, and how the outcome is recorded. */
interface EmailSort {
  readonly kind: 'staff_event' | 'staff_recovery';
  readonly idPrefix: string;
  readonly claim: typeof claimEventEmail;
  readonly markEmailed: typeof markEventsEmailed;
  readonly postpone: typeof postponeEventEmail;
}

const beginnings: EmailSort = {
  ...{ kind: 'staff_event', idPrefix: 'event' },
  ...{ claim: claimEventEmail, markEmailed: markEventsEmailed, postpone: postponeEventEmail },
};
const ends: EmailSort = {
  ...{ kind: 'staff_recovery', idPrefix: 'event-resolved' },
  ...{ claim: claimRecoveryEmail, markEmailed: markRecoveryEmailed, postpone: postponeRecoveryEmail },
};

async function emailAll(parts: StaffEmailParts, sort: EmailSort): Promise<number> {
  const { sql, mail, logger, settings } = parts;
  const { kind, idPrefix } = sort;
  let accepted = 0;
  const claim = (): Promise<EventEmail | null> => sort.claim(sql, maxDescribed);
  for (let email = await claim(); email; email = await claim()) {
    const variables = eventVariables(email, settings.publicUrl);
    const rendered = renderMail({ kind, template: null, variables, locale: 'en', timeZone: 'UTC' });
    const messageId = `<${idPrefix}-${email.events[0]?.id ?? ''}@${settings.mailDomain}>`;
    const result = await mail.send(
      { messageId, to: [settings.staffEmail], date: new Date(), ...rendered },
      { beforeEnd: async () => undefined },
    );
    if (result.outcome === 'accepted') {
      accepted += 1;
      await sort.markEmailed(sql, email);
    } else {
      logger.warn({ outcome: result.outcome, events: email.total }, 'email to staff not accepted, retrying');
      // An uncertain one may have arrived: it is not sent again before the claim ends.
      if (result.outcome !== 'uncertain') await sort.postpone(sql, email);
    }
  }
  return accepted;
}

function eventVariables({ events, total }: EventEmail, publicUrl: string | null): MailVariables {
  const [first] = events;
  if (!first) throw new TypeError('an email is about at least one event');
  const { title } = eventKinds[first.kind];
  const clientIds = new Set(events.map(({ clientId }) => clientId));
  const client = total === events.length && clientIds.size === 1 && first.clientId !== null ? first : null;
  const base = publicUrl === null ? null : withoutEndSlash(publicUrl);
  return {
    event: {
      title: total === 1 ? title : `${title} (${total})`,
      detail: detailOf(events, total),
      facts: total === 1 ? factsOf(first) : [],
    },
    ...(client && { client: { id: client.clientId, name: client.clientName } }),
    links: { client: client && base !== null ? `${base}/clients/${client.clientId}` : '' },
    now: (first.resolvedAt ?? first.firstAt).toISOString(),
  };
}

function detailOf(events: readonly EmailedEvent[], total: number): string {
  const lines = events.map(({ kind, data }) => describeEvent(kind, data));
  const more = total - lines.length;
  return [...lines, ...(more > 0 ? [`And ${more} more: see GET /v1/events.`] : [])].join('\n');
}

function factsOf({ kind, data, times }: EmailedEvent): { label: string; value: string }[] {
  const fields = Object.entries(eventKinds[kind].fields).flatMap(([name, label]) => {
    const value = data[name];
    return value ? [{ label, value }] : [];
  });
  return [...fields, ...(times > 1 ? [{ label: 'Times', value: String(times) }] : [])];
}
