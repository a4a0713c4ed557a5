import { DomainError } from '../../../domain/errors.js';
import { templateKinds, type TemplateKind } from '../../../domain/notifications/mail-kinds.js';
import { checkTemplate, maxTemplateLength, type MailPart, type TemplateError } from '../../../mail/guard/guard.js';
import type { MailTemplateRow } from '../../../storage/templates/mail-templates.js';
import { ApiProblem } from '../../http/problem.js';
import { block, idText, language, line, timeString, timeText } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';

export const templateKind = z.enum(templateKinds).openapi({ example: 'low_balance' });

export const locale = language.openapi({ example: 'en' });

/** The parts of a template, not yet known to be allowed. */
export const partFields = {
  subject: line(1000),
  html: block(maxTemplateLength).default(''),
  text: block(maxTemplateLength).default(''),
};

const templateFields = {
  kind: templateKind,
  locale: locale.default('en'),
  name: line(200),
  ...partFields,
};

/** A template as it is written. */
export const templateBody = z
  .strictObject(templateFields)
  .openapi({ description: 'Either `html` or `text` may be empty: it is derived from the other' });

const draftSchema = z.strictObject({
  subject: z.string(),
  html: z.string(),
  text: z.string(),
  by: z.string().openapi({ description: 'Who saved it', example: 'user:3' }),
  at: timeString,
});

const itemFields = {
  id: idText,
  kind: templateKind,
  resellerId: idText,
  locale: z.string(),
  name: z.string(),
  subject: z.string().openapi({ description: 'Published; empty: nothing is yet' }),
  published: z.int().nullable().openapi({ description: 'Number of the published version; null: only a draft so far' }),
  hasDraft: z.boolean(),
  version: z.int(),
  createdAt: timeString,
  updatedAt: timeString,
};

export const templateItemSchema = z.strictObject(itemFields).openapi('MailTemplateItem');
export const templateSchema = z
  .strictObject({
    ...itemFields,
    html: z.string(),
    text: z.string(),
    draft: draftSchema.nullable().openapi({ description: 'Saved and not published; null: none' }),
  })
  .openapi('MailTemplate');

export const templateExample = {
  kind: 'low_balance',
  locale: 'en',
  name: 'Low balance, our words',
  subject: 'Your balance is ${client.balance_avail} ${client.currency}',
  html: '',
  text: 'Dear ${client.name}, your available balance is ${client.balance_avail} ${client.currency}.',
};

export function templateItemJson(row: MailTemplateRow): z.input<typeof templateItemSchema> {
  return {
    id: row.id,
    kind: row.kind,
    resellerId: row.resellerId,
    locale: row.locale,
    name: row.name,
    subject: row.subject,
    published: row.published,
    hasDraft: row.draft !== null,
    version: row.version,
    createdAt: timeText(row.createdAt),
    updatedAt: timeText(row.updatedAt),
  };
}

export function templateJson(row: MailTemplateRow): z.input<typeof templateSchema> {
  const { html, text, draft } = row;
  return { ...templateItemJson(row), html, text, draft: draft && { ...draft, at: timeText(new Date(draft.at)) } };
}

interface PartError extends TemplateError {
  readonly part: MailPart;
}

interface Parts {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}

/** What the template guard has against each part. */
export function partErrors(kind: TemplateKind, parts: Parts): PartError[] {
  return (['subject', 'html', 'text'] as const).flatMap((part) =>
    checkTemplate(parts[part], { kind, part }).map((fault) => ({ part, ...fault })),
  );
}

/**
 * A template is kept only when it can be rendered.
 *
 * @throws ApiProblem `invalid` with the place of each fault
 */
export function requireUsable(body: Parts & { readonly kind: TemplateKind }): void {
  if (body.html.trim() === '' && body.text.trim() === '') {
    throw new DomainError('invalid', 'must not be empty: write html, text, or both', '/text');
  }
  const faults = partErrors(body.kind, body);
  const [first] = faults;
  if (!first) return;
  throw new ApiProblem('invalid', placed(first), {
    errors: faults.map(({ message, ...fault }) => ({
      ...{ pointer: `#/${fault.part}`, code: 'template_fault', detail: placed({ message, ...fault }) },
      fault,
    })),
  });
}

function placed(fault: PartError): string {
  return `${fault.part}, line ${fault.line}, column ${fault.column}: ${fault.message}`;
}
