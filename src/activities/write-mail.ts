import { creditNotificationKey, type CreditNotificationInput, type DeliverInput } from '../contract/deliveries.js';
import { chooseTemplate } from '../mail/choose.js';
import { messageIdFor } from '../mail/message-id.js';
import { renderMail } from '../mail/render.js';
import type { MailVariables } from '../mail/variables.js';
import { currentRate } from '../storage/current-rate.js';
import { raiseFailedTemplate } from '../storage/events/failed-template.js';
import { readMailContext, readTemplateCandidates, type MailContext } from '../storage/mail-context.js';
import {
  claimNotification,
  type MailKind,
  type NotificationKey,
  type NotificationRow,
} from '../storage/notifications.js';
import { readTemporaryCredit } from '../storage/temporary-credit-rows.js';
import { readMonitoringTerms, type MonitoringTerms } from '../storage/monitoring-terms.js';
import type { ActivityDeps } from './deps.js';
import { creditVariables, ruleVariables } from './mail-variables.js';
import { recipientToken } from './monitor-config.js';

/** Writes the mail of a rule as it is to be sent now, and claims its key; null when there is nobody to send it to. */
export async function claimRuleMail(deps: ActivityDeps, input: DeliverInput): Promise<NotificationRow | null> {
  const found = await readClient(deps, input.clientId, input.decidedAt);
  if (!found) return null;
  const { context, terms } = found;
  const recipients = recipientsOf(input, terms);
  if (recipients.length === 0) return null;
  const rate = terms.profile
    ? await currentRate(deps.sql, context.currency, terms.profile.currency, input.decidedAt)
    : null;
  const variables = ruleVariables(input, context, terms, rate, linksOf(deps, context));
  const kind: MailKind = input.rule.startsWith('warning:') ? 'low_funds_warning' : 'low_balance';
  return claim(deps, kind, { ...input }, context, variables, {
    max: input.max,
    checkAtMs: input.decidedAt,
    available: input.available,
    recipients,
  });
}

/** Writes a mail about a temporary credit; null when the client has no billing e-mail. */
export async function claimCreditMail(deps: ActivityDeps, input: CreditNotificationInput): Promise<NotificationRow | null> {
  const found = await readClient(deps, input.clientId, input.at);
  const grant = await readTemporaryCredit(deps.sql, input.clientId, input.grantId);
  const to = found?.context.billingEmail;
  if (!found || !grant || !to) return null;
  const { context, terms } = found;
  const variables = creditVariables(grant, context, terms, linksOf(deps, context));
  return claim(deps, input.kind as MailKind, creditNotificationKey(input), context, variables, {
    max: null,
    checkAtMs: input.at,
    available: null,
    recipients: [to],
  });
}

interface Particulars {
  readonly max: number | null;
  readonly checkAtMs: number;
  readonly available: string | null;
  readonly recipients: readonly string[];
}

async function claim(
  deps: ActivityDeps,
  kind: MailKind,
  key: NotificationKey,
  context: MailContext,
  variables: MailVariables,
  particulars: Particulars,
): Promise<NotificationRow> {
  const { clientId, rule, episode, number } = key;
  const candidates = await readTemplateCandidates(deps.sql, kind, context.resellerPath);
  const template = chooseTemplate(candidates, { kind, resellerPath: context.resellerPath, locale: context.locale });
  const rendered = renderMail({ kind, template, variables, locale: context.locale, timeZone: context.timezone });
  if (rendered.fallback && template) {
    await raiseFailedTemplate(deps.sql, template, rendered.fallback.reason, particulars.checkAtMs);
    deps.logger.warn(
      { clientId, templateId: template.id, reason: rendered.fallback.reason },
      'mail template failed, built-in used',
    );
  }
  return claimNotification(deps.sql, {
    clientId,
    rule,
    episode,
    number,
    kind,
    ...particulars,
    currency: context.currency,
    variables: { ...variables },
    template: rendered.fallback || !template ? 'built-in' : `${template.id}@${template.version}`,
    locale: context.locale,
    subject: rendered.subject,
    html: rendered.html,
    text: rendered.text,
    messageId: messageIdFor({ clientId, rule, episode, number }, deps.settings.mailDomain),
  });
}

async function readClient(
  deps: ActivityDeps,
  clientId: string,
  atMs: number,
): Promise<{ context: MailContext; terms: MonitoringTerms } | null> {
  const context = await readMailContext(deps.sql, clientId, atMs);
  const terms = (await readMonitoringTerms(deps.sql, [clientId])).get(clientId);
  return context && terms ? { context, terms } : null;
}

/** The rule's recipients as they are now, less those who hear from a more severe rule. */
function recipientsOf(input: DeliverInput, terms: MonitoringTerms): string[] {
  const rule = terms.profile?.rules.find(({ key }) => key === input.rule);
  const addresses = input.rule.startsWith('warning:') ? terms.client.warningRecipients : (rule?.recipients ?? []);
  const except = new Set(input.except ?? []);
  return addresses.filter((address) => !except.has(recipientToken(input.clientId, address)));
}

function linksOf(deps: ActivityDeps, context: MailContext): { client: string } {
  const base = deps.settings.publicUrl?.replace(/\/$/, '');
  return { client: base ? `${base}/clients/${context.clientId}` : '' };
}
