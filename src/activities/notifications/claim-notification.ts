import {
  creditNotificationKey,
  type CreditNotificationInput,
  type DeliverInput,
  type NotificationKey,
} from '../../contract/deliveries.js';
import { channelRecipientOf, type UsableChannels } from '../../domain/notifications/channels.js';
import type { NotificationKind } from '../../domain/notifications/mail-kinds.js';
import { ruleSourceSpecs } from '../../domain/monitoring/rule-identity.js';
import type { RuleDefinition } from '../../domain/monitoring/rule-definition.js';
import { ruleDefinitions } from '../../domain/monitoring/rules.js';
import { withoutEndSlash } from '../../domain/urls.js';
import { selectTemplate } from '../../mail/select-template.js';
import { builtInTemplate, languageOf } from '../../mail/templates/index.js';
import { messageIdFor } from '../../mail/message-id.js';
import { renderMail, type RenderedMail } from '../../mail/render.js';
import { renderChannelText } from '../../mail/render-channel-text.js';
import type { MailVariables } from '../../mail/variables.js';
import { currentRate } from '../../storage/rates/current-rate.js';
import { raiseMissingBillingEmail } from '../../storage/events/missing-recipients.js';
import { raiseFailedTemplate } from '../../storage/events/failed-template.js';
import {
  readMailContext,
  readReaders,
  readTemplateCandidates,
  type MailContext,
  type Reader,
  type TemplateCandidate,
} from '../../storage/notifications/mail-context.js';
import {
  claimNotification,
  type NewDelivery,
  type NotificationRow,
} from '../../storage/notifications/notifications.js';
import { readAutoPayment } from '../../storage/payments/auto-payment-state.js';
import { readTemporaryCredit } from '../../storage/credit/temporary-credit-rows.js';
import { readMonitoringTerms, type MonitoringTerms } from '../../storage/monitoring/monitoring-terms.js';
import type { Queries } from '../../storage/system/database.js';
import type { ActivityDeps } from '../deps.js';
import { creditVariables, ruleVariables } from './mail-variables.js';
import { recipientToken } from '../monitoring/monitor-config.js';

/** What writing a notification needs; the demo data write those of the past with it. */
export interface ClaimDeps extends Pick<ActivityDeps, 'sql' | 'logger'> {
  readonly settings: Pick<ActivityDeps['settings'], 'mailDomain' | 'publicUrl'>;
}

/** In one transaction, or each statement its own. */
type WriteDeps = Omit<ClaimDeps, 'sql'> & { readonly sql: Queries };

/** Claims the key of a rule's notification with the messages to send now; null: there are no recipients. */
export async function claimRuleNotification(deps: ClaimDeps, input: DeliverInput): Promise<NotificationRow | null> {
  const found = await readClient(deps, input.clientId, input.decidedAt);
  if (!found) return null;
  const { context, terms } = found;
  const rule = ruleDefinitions(terms.profile, terms.client).find(({ key }) => key === input.rule);
  // A rule that was removed since has no recipients.
  if (!rule) return null;
  const recipients = recipientsOf(rule, input);
  if (recipients.length === 0) return null;
  const rate =
    terms.profile && terms.profile.currency !== context.currency
      ? await currentRate(deps.sql, context.currency, terms.profile.currency, input.decidedAt)
      : null;
  const autoPayment = await readAutoPayment(deps.sql, input.clientId);
  return writeNotification(deps, input, context, recipients, {
    kind: ruleSourceSpecs[rule.source].notificationKind,
    variables: {
      ...ruleVariables(input, rule, context, terms, rate, linksOf(deps, context)),
      auto_payment: autoPayment,
    },
    max: input.max,
    decidedAtMs: input.decidedAt,
    available: input.available,
    channels: terms.channels,
  });
}

/** Claims the key of a temporary credit's notification; null when the client is deleted or has no billing email. */
export async function claimCreditNotification(
  deps: ClaimDeps,
  input: CreditNotificationInput,
): Promise<NotificationRow | null> {
  const found = await readClient(deps, input.clientId, input.at);
  const grant = await readTemporaryCredit(deps.sql, input.clientId, input.grantId);
  if (!found || !grant) return null;
  const { context, terms } = found;
  const recipient = context.billingEmail;
  if (!recipient) {
    await raiseMissingBillingEmail(deps.sql, input.clientId, input.kind, input.at);
    return null;
  }
  return writeNotification(deps, creditNotificationKey(input), context, [recipient], {
    kind: input.kind,
    variables: creditVariables(grant, context, terms, linksOf(deps, context), input.before),
    max: null,
    decidedAtMs: input.at,
    available: null,
  });
}

/** What a notification says, besides its key. */
export interface Content {
  readonly kind: NotificationKind;
  readonly variables: MailVariables;
  readonly max: number | null;
  readonly decidedAtMs: number;
  readonly available: string | null;
  /** in template language, in place of the template's; absent: the template's */
  readonly subject?: string | null;
  /** that the recipients refer to; absent: all are email addresses */
  readonly channels?: UsableChannels;
}

/** Writes a notification with a message for each recipient, in the recipient's language; one that exists stays. */
export async function writeNotification(
  deps: WriteDeps,
  { clientId, rule, episode, number }: NotificationKey,
  context: MailContext,
  recipients: readonly string[],
  content: Content,
): Promise<NotificationRow> {
  const key = { clientId, rule, episode, number };
  const readers = await readReaders(deps.sql, clientId, recipients);
  const candidates = await readTemplateCandidates(deps.sql, content.kind, context.resellerPath);
  const renderer = messageRenderer(candidates, context, content);
  const deliveries = readers.map((reader): NewDelivery => ({
    ...addressed(reader, renderer, content.channels),
    locale: reader.locale,
    timezone: reader.timezone,
    messageId: messageIdFor(key, reader.address, deps.settings.mailDomain),
  }));
  for (const { template, reason } of renderer.failures.values()) {
    await raiseFailedTemplate(deps.sql, template, reason, content.decidedAtMs);
    deps.logger.warn({ clientId, templateId: template.id, reason }, 'email template failed, built-in text used');
  }
  return claimNotification(deps.sql, {
    ...key,
    kind: content.kind,
    max: content.max,
    decidedAtMs: content.decidedAtMs,
    available: content.available,
    currency: context.currency,
    variables: { ...content.variables },
    deliveries,
  });
}

/** The recipient of a message, and its text. A channel's is in the language of the client's reseller. */
function addressed(
  reader: Reader,
  renderer: MessageRenderer,
  channels: UsableChannels | undefined,
): Message & Pick<NewDelivery, 'recipient' | 'channel'> {
  const to = channelRecipientOf(reader.address);
  if (!to) return { recipient: reader.address, ...renderer.render(reader) };
  const channel = channels?.get(to.channelId);
  if (!channel) throw new Error(`channel ${to.channelId} is not one that the rule may notify`);
  const { name, format } = channel;
  return {
    recipient: to.address ?? name,
    channel: { id: to.channelId, name, format },
    ...renderer.renderForChannel(reader),
  };
}

type Message = Pick<NewDelivery, 'template' | 'subject' | 'html' | 'text'>;

interface MessageRenderer {
  /** templates that could not be used, by id */
  readonly failures: ReadonlyMap<string, { readonly template: TemplateCandidate; readonly reason: string }>;
  render(reader: Reader): Message;
  /** with the subject of the same template, and the text of channels */
  renderForChannel(reader: Reader): Message;
}

/** Renders once for all readers of one language and time zone. */
function messageRenderer(
  candidates: readonly TemplateCandidate[],
  context: MailContext,
  { kind, variables, subject = null }: Content,
): MessageRenderer {
  const messages = new Map<string, Message>();
  const failures = new Map<string, { template: TemplateCandidate; reason: string }>();
  const renderFor = ({ locale, timezone }: Reader): Message => {
    const template = selectTemplate(candidates, { kind, resellerPath: context.resellerPath, locale });
    const base = subject === null ? template : { ...(template ?? builtInTemplate(kind, languageOf(locale))), subject };
    const rendered = renderMail({ kind, template: base, variables, locale, timeZone: timezone });
    if (rendered.fallback && template) failures.set(template.id, { template, reason: rendered.fallback.reason });
    return { template: templateName(rendered, template), ...partsOf(rendered) };
  };
  return {
    failures,
    render(reader) {
      const key = `${reader.locale} ${reader.timezone}`;
      const message = messages.get(key) ?? renderFor(reader);
      messages.set(key, message);
      return message;
    },
    renderForChannel(reader) {
      const { subject: title, template } = this.render(reader);
      const { locale, timezone: timeZone } = reader;
      const text = renderChannelText({ kind, variables, locale, timeZone });
      return { template, subject: title, html: '', text };
    },
  };
}

function templateName({ fallback }: RenderedMail, template: TemplateCandidate | null): string {
  return fallback || !template ? 'built-in' : `${template.id}@${template.version}`;
}

function partsOf({ subject, html, text }: RenderedMail): Omit<Message, 'template'> {
  return { subject, html, text };
}

export async function readClient(
  deps: ClaimDeps,
  clientId: string,
  atMs: number,
): Promise<{ context: MailContext; terms: MonitoringTerms } | null> {
  const context = await readMailContext(deps.sql, clientId, atMs);
  const terms = (await readMonitoringTerms(deps.sql, [clientId])).get(clientId);
  return context && terms ? { context, terms } : null;
}

/** The rule's recipients as they are now, except those that a more severe rule notifies. */
function recipientsOf(rule: RuleDefinition, input: DeliverInput): string[] {
  const except = new Set(input.except ?? []);
  return rule.recipients.filter((address) => !except.has(recipientToken(input.clientId, address)));
}

export function linksOf(deps: ClaimDeps, context: MailContext): { client: string } {
  const base = withoutEndSlash(deps.settings.publicUrl ?? '');
  return { client: base ? `${base}/clients/${context.clientId}` : '' };
}
