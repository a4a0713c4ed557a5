import { companySides } from '../../domain/companies/company-balances.js';
import type { Company } from '../../domain/companies/company.js';
import { formatMoney, moneyOf } from '../../domain/money.js';
import type { ChangeEntry } from '../change.js';

/** The audit row of a change of a company. */
export function companyEntry(
  action: string,
  reason: string | null,
  before: Company | null,
  after: Company | null,
): ChangeEntry {
  const subject = after ?? before;
  if (!subject) throw new TypeError('a change has a company before it or after it');
  return {
    action,
    subjectType: 'company',
    subjectId: subject.id,
    resellerId: subject.resellerId,
    reason,
    before: before && fieldsOf(before),
    after: after && fieldsOf(after),
  };
}

function fieldsOf(company: Company): Record<string, unknown> {
  const { name, externalId, email, currency, theirCurrency, ourCurrency, source, maxAgeMinutes } = company;
  const sides = companySides.map((side) => {
    const { enabled, threshold, currency: of, alarmEmails, alarmChannels, templateId } = company.sides[side];
    return [
      side,
      {
        ...{ enabled, threshold: threshold && formatMoney(moneyOf(threshold)), currency: of, alarmEmails },
        ...{ alarmChannels, templateId },
      },
    ];
  });
  return {
    name,
    externalId,
    email,
    currency,
    theirCurrency,
    ourCurrency,
    source,
    maxAgeMinutes,
    ...(Object.fromEntries(sides) as Record<string, unknown>),
  };
}
