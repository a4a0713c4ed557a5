import type { Operation } from '../../contract/operation.js';
import { createCompanyOperation } from './create-company.js';
import { deleteCompanyOperation } from './delete-company.js';
import { listCompaniesOperation } from './list-companies.js';
import { listCompanyEntriesOperation } from './list-company-entries.js';
import { listCompanyNotificationsOperation } from './list-company-notifications.js';
import { readCompanyOperation } from './read-company.js';
import { recordCompanyEntryOperation } from './record-company-entry.js';
import { reportCompanyBalancesOperation } from './report-company-balances.js';
import { resetCompanySideOperation } from './reset-company-side.js';
import { updateCompanyOperation } from './update-company.js';

export const companyOperations: readonly Operation[] = [
  listCompaniesOperation,
  createCompanyOperation,
  readCompanyOperation,
  updateCompanyOperation,
  deleteCompanyOperation,
  recordCompanyEntryOperation,
  listCompanyEntriesOperation,
  reportCompanyBalancesOperation,
  resetCompanySideOperation,
  listCompanyNotificationsOperation,
];
