import { companySides, type CompanySource } from '../../domain/companies/company-balances.js';
import type { Company, CompanyFields } from '../../domain/companies/company.js';
import { isWatched } from '../../domain/companies/threshold-control.js';
import { DomainError } from '../../domain/errors.js';
import { isAlarmTemplate } from '../../storage/companies/alarm-templates.js';
import { lockCompany } from '../../storage/companies/companies.js';
import type { Transaction } from '../../storage/system/database.js';
import type { Requester } from '../change.js';
import { requireRecipients } from '../notifications/channels/require-recipients.js';

/** Locked. @throws DomainError `not_found` */
export async function requireCompany(tx: Transaction, { scope, now }: Requester, id: string): Promise<Company> {
  const company = await lockCompany(tx, scope.resellerId, id, now);
  if (!company) throw new DomainError('not_found', `there is no company ${id}`, '/path/id');
  return company;
}

/**
 * A side that is on has a threshold and a recipient, templates and channels are the reseller's or of one above it, and only
 * reported balances have an age.
 *
 * @param before null: a new company; templates and channels that stay are not looked up
 * @throws DomainError `invalid`, `not_found`
 */
export async function requireFittingCompany(
  tx: Transaction,
  fields: CompanyFields,
  {
    withinId,
    resellerId,
    source,
    before,
  }: {
    readonly withinId: string;
    readonly resellerId: string;
    readonly source: CompanySource;
    readonly before: Company | null;
  },
): Promise<void> {
  if (source === 'ledger' && fields.maxAgeMinutes !== null) {
    throw new DomainError('invalid', 'must be null: only reported balances become old', '/maxAgeMinutes');
  }
  for (const side of companySides) {
    const { enabled, threshold, alarmEmails, alarmChannels, templateId } = fields.sides[side];
    if (enabled && threshold === null) {
      throw new DomainError('invalid', 'is required: the side is enabled', `/${side}/threshold`);
    }
    if (isWatched(fields.sides[side]) && alarmEmails.length + alarmChannels.length === 0) {
      const detail = 'must have an address, or alarmChannels a channel: the side is enabled';
      throw new DomainError('invalid', detail, `/${side}/alarmEmails`);
    }
    await requireRecipients(
      tx,
      { withinId, resellerId, noun: 'this company' },
      alarmChannels.map((recipient, index) => ({ recipient, at: `/${side}/alarmChannels/${index}` })),
      before?.sides[side].alarmChannels ?? [],
    );
    if (templateId === null || templateId === before?.sides[side].templateId) continue;
    if (!(await isAlarmTemplate(tx, templateId, resellerId))) {
      throw new DomainError(
        'not_found',
        `there is no template ${templateId} of company balance emails that the company's reseller can use`,
        `/${side}/templateId`,
      );
    }
  }
}
