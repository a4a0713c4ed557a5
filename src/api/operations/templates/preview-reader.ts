import { companySides, sideBalance, type CompanySide } from '../../../domain/companies/company-balances.js';
import { ratesOf } from '../../../domain/companies/company.js';
import { DomainError } from '../../../domain/errors.js';
import { companyVariables } from '../../../mail/company-variables.js';
import { sampleVariables, type MailKind, type MailVariables } from '../../../mail/variables.js';
import { readMonitoringTerms } from '../../../storage/monitoring/monitoring-terms.js';
import { findCompany } from '../../../storage/companies/companies.js';
import { readCompanyMailContext, readCompanyReaders } from '../../../storage/companies/company-mail.js';
import { readMailContext } from '../../../storage/notifications/mail-context.js';
import type { Scope } from '../../../storage/system/scope.js';
import type { ApiContext } from '../../context.js';
import { reference } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { requireAccount } from '../ledger/shared.js';
import { previewVariables } from './preview-variables.js';

/** The reader of a preview of a template: a client, a company, or no one in particular. */
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

/** Whose values a preview shows, and in which side of a company. */
export const subjectFields = {
  clientId: reference.optional().openapi({ description: 'Not with `company_balance`, which is about a company' }),
  companyId: reference.optional().openapi({ description: 'With `company_balance` alone' }),
  side: z
    .enum(companySides)
    .optional()
    .openapi({ description: 'Of the company; default: the first that is enabled, else `their`' }),
};

interface PreviewSubject {
  readonly clientId?: string | undefined;
  readonly companyId?: string | undefined;
  readonly side?: CompanySide | undefined;
}

/** @throws DomainError `not_found`; `invalid` for a client of an email about a company, and the reverse */
export async function readerOf(
  input: ReaderInput,
  kind: MailKind,
  { clientId, companyId, side }: PreviewSubject,
): Promise<PreviewReader> {
  const isOfCompany = kind === 'company_balance';
  if (isOfCompany && clientId !== undefined) {
    throw new DomainError('invalid', 'must be absent: the email is about a company, give companyId', '/clientId');
  }
  if (!isOfCompany && companyId !== undefined) {
    throw new DomainError('invalid', 'must be absent: the email is about a client, give clientId', '/companyId');
  }
  if (side !== undefined && companyId === undefined) {
    throw new DomainError('invalid', 'must be absent without companyId', '/side');
  }
  if (companyId !== undefined) return companyReader(input, companyId, side ?? null);
  return clientReader(input, kind, clientId ?? null);
}

/** The language and time zone are those of the first address, as the email's. What is unknown is taken from the samples. */
async function companyReader(
  { scope, now }: ReaderInput,
  companyId: string,
  wanted: CompanySide | null,
): Promise<PreviewReader> {
  const read = await scope.read(async (q) => {
    const company = await findCompany(q, scope.resellerId, companyId, now);
    const context = company && (await readCompanyMailContext(q, companyId));
    if (!company || !context) return null;
    const side = wanted ?? companySides.find((one) => company.sides[one].enabled) ?? 'their';
    const [reader] = await readCompanyReaders(q, companyId, company.sides[side].alarmEmails.slice(0, 1));
    return { company, context, side, reader };
  });
  if (!read) throw new DomainError('not_found', `there is no company ${companyId}`, '/companyId');
  const { company, context, side, reader } = read;
  const balance = sideBalance(side, company, ratesOf(company));
  const sample = sampleVariables('company_balance');
  const known = typeof balance === 'string' ? null : balance;
  const zero = { amount: 0n, currency: company.currency };
  const variables = companyVariables({ company, side, balance: known ?? zero }, context);
  return {
    variables: known
      ? { ...sample, ...variables }
      : { ...sample, ...variables, BALANCE: sample['BALANCE'] ?? '', CURRENCY: sample['CURRENCY'] ?? '' },
    locale: reader?.locale ?? 'en',
    timeZone: reader?.timezone ?? 'UTC',
  };
}

async function clientReader(
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
