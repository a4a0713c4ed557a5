import type { MailKind } from '../../variables.js';
import type { MailCopy } from '../layout.js';
import { accountMails } from './account.js';
import { balanceMails } from './balance.js';
import { companyMails } from './company.js';
import { creditMails } from './credit.js';
import { invoiceMails } from './invoice.js';
import { paymentMails } from './payment.js';
import { ratesMails } from './rates.js';
import { staffMails } from './staff.js';

export const ukrainian: Readonly<Record<MailKind, MailCopy>> = {
  ...balanceMails,
  ...creditMails,
  ...invoiceMails,
  ...ratesMails,
  ...paymentMails,
  ...companyMails,
  ...staffMails,
  ...accountMails,
};
