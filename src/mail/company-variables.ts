import { formatSideBalance, type CompanySide } from '../domain/companies/company-balances.js';
import type { Company } from '../domain/companies/company.js';
import { formatMoneyFor, moneyOf, type Micros } from '../domain/money.js';
import type { CompanyMailContext } from '../storage/companies/company-mail.js';
import type { MailVariables } from './variables.js';

interface KnownSide {
  readonly company: Company;
  readonly side: CompanySide;
  readonly balance: { readonly amount: Micros; readonly currency: string };
}

/** What an email about a side of a company is given. */
export function companyVariables({ company, side, balance }: KnownSide, context: CompanyMailContext): MailVariables {
  const { threshold, currency } = company.sides[side];
  const limit = { amount: moneyOf(threshold ?? '0'), currency };
  return {
    COMPANY: company.name,
    BALANCE: formatSideBalance(side, balance, limit),
    CURRENCY: balance.currency,
    THRESHOLD: formatMoneyFor(limit.amount, currency),
    THRESHOLD_CURRENCY: currency,
    SIDE: side,
    reseller: { name: context.resellerName, email: context.resellerEmail ?? '' },
  };
}
