import type { CompanySide } from '../../domain/companies/company-balances.js';
import { sideRecipients, type Company, type SideFacts } from '../../domain/companies/company.js';
import { formatMoney, type Micros } from '../../domain/money.js';
import { channelRecipientOf } from '../../domain/notifications/channels.js';
import { withoutEndSlash } from '../../domain/urls.js';
import { companyVariables } from '../../mail/company-variables.js';
import { messageIdFor } from '../../mail/message-id.js';
import { renderMail } from '../../mail/render.js';
import { renderChannelText } from '../../mail/render-channel-text.js';
import { selectTemplate } from '../../mail/select-template.js';
import type { MailVariables } from '../../mail/variables.js';
import { readCompanyMailContext, readCompanyReaders, readNamedTemplate } from '../../storage/companies/company-mail.js';
import { raiseFailedTemplate } from '../../storage/events/failed-template.js';
import {
  readTemplateCandidates,
  type Reader,
  type TemplateCandidate,
} from '../../storage/notifications/mail-context.js';
import { claimNotification, type NewDelivery } from '../../storage/notifications/notifications.js';
import type { Transaction } from '../../storage/system/database.js';

const kind = 'company_balance';

/** What was decided about a side. */
interface DecidedSide {
  readonly company: Company;
  readonly side: CompanySide;
  readonly episode: number;
  readonly number: number;
  readonly balance: { readonly amount: Micros; readonly currency: string };
  readonly at: number;
}

/** What writing a notification needs of the settings. */
export interface CompanyMailSettings {
  readonly mailDomain: string;
  /** null: messages have no link */
  readonly publicUrl?: string | null;
}

/**
 * Claims the key of a notification about a company, with a message for each recipient, in the transaction that decides it: a
 * decision without its messages does not exist.
 */
export async function claimCompanyNotification(
  tx: Transaction,
  decided: DecidedSide,
  { mailDomain, publicUrl }: CompanyMailSettings,
): Promise<void> {
  const { company, side, episode, number, balance, at } = decided;
  const { templateId, usableChannels } = company.sides[side];
  const context = await readCompanyMailContext(tx, company.id);
  if (!context) throw new Error(`company ${company.id} has no reseller`);
  const named = templateId === null ? null : await readNamedTemplate(tx, templateId, context.resellerPath);
  const candidates = await readTemplateCandidates(tx, kind, context.resellerPath);
  const variables = companyVariables(decided, context);
  const deliveries: NewDelivery[] = [];
  const failures = new Map<string, { readonly template: TemplateCandidate; readonly reason: string }>();
  for (const reader of await readCompanyReaders(tx, company.id, sideRecipients(company.sides[side]))) {
    const template =
      named ?? selectTemplate(candidates, { kind, resellerPath: context.resellerPath, locale: reader.locale });
    const { message, failure } = rendered(reader, template, variables);
    if (failure !== null && template) failures.set(template.id, { template, reason: failure });
    const facts = { clientId: `company:${company.id}`, rule: side, episode, number };
    deliveries.push({
      ...addressed(reader, message, variables, usableChannels),
      messageId: messageIdFor(facts, reader.address, mailDomain),
    });
  }
  for (const { template, reason } of failures.values()) await raiseFailedTemplate(tx, template, reason, at);
  await claimNotification(tx, {
    companyId: company.id,
    rule: side,
    episode,
    number,
    kind,
    max: 1,
    decidedAtMs: at,
    available: formatMoney(balance.amount),
    currency: balance.currency,
    variables: {
      ...variables,
      ...(publicUrl && { links: { company: `${withoutEndSlash(publicUrl)}/companies/${company.id}` } }),
    },
    deliveries,
  });
}

function rendered(
  { address, locale, timezone }: Reader,
  template: TemplateCandidate | null,
  variables: MailVariables,
): { readonly message: Omit<NewDelivery, 'messageId'>; readonly failure: string | null } {
  const { subject, html, text, fallback } = renderMail({ kind, template, variables, locale, timeZone: timezone });
  const name = fallback || !template ? 'built-in' : `${template.id}@${template.version}`;
  return {
    message: { recipient: address, locale, timezone, template: name, subject, html, text },
    failure: fallback?.reason ?? null,
  };
}

/** A channel shows the subject of the template above its built-in text. */
function addressed(
  { address, locale, timezone }: Reader,
  message: Omit<NewDelivery, 'messageId'>,
  variables: MailVariables,
  channels: SideFacts['usableChannels'],
): Omit<NewDelivery, 'messageId'> {
  const to = channelRecipientOf(address);
  if (!to) return message;
  const channel = channels.find(({ channelId }) => channelId === to.channelId);
  if (!channel) throw new Error(`channel ${to.channelId} is not one that the side may notify`);
  const { name, format } = channel;
  const text = renderChannelText({ kind, variables, locale, timeZone: timezone });
  return { ...message, recipient: to.address ?? name, channel: { id: to.channelId, name, format }, html: '', text };
}
