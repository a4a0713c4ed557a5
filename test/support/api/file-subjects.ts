import { addRates } from '../rates/rows-of-rate-lists.js';
import type { TestApi } from './api.js';

/** The files that are of one subject, which they name in their address, and how a test gets one. */
const subjects: Readonly<Record<string, readonly [parameter: string, make: (api: TestApi) => Promise<string>]>> = {
  'ledger-entries': ['clientId', aClient],
  allocations: ['clientId', aClient],
  'balance-report': ['clientId', aClient],
  'company-entries': ['companyId', aCompany],
  'company-notifications': ['companyId', aCompany],
  'table-rates': ['rateTableId', async (api) => (await addRates(api, `Of ${Math.random()}`)).rateTableId],
  'early-rates': ['rateImportId', async (api) => (await addRates(api, `Of ${Math.random()}`)).rateImportId],
  'rejected-rates': ['rateImportId', async (api) => (await addRates(api, `Of ${Math.random()}`)).rateImportId],
};

const nameOf = (path: string): string => /([\w-]+)\.(csv|xlsx)$/.exec(path)?.[1] ?? '';

/** True for files of one subject: without it, the answer is 400. */
export const isOfOneSubject = (path: string): boolean => Object.hasOwn(subjects, nameOf(path));

/** The parameter that names the subject: `clientId`. */
export const subjectParameter = (path: string): string => subjects[nameOf(path)]?.[0] ?? '';

/** `?clientId=7` with a subject of the operator; empty for the files of all rows. */
export async function subjectQuery(api: TestApi, path: string): Promise<string> {
  const subject = subjects[nameOf(path)];
  if (!subject) return '';
  const [parameter, make] = subject;
  return `?${parameter}=${await make(api)}`;
}

async function aClient(api: TestApi): Promise<string> {
  return (await api.post('/v1/clients', { name: 'Of a file', currency: 'USD' })).body.id;
}

async function aCompany(api: TestApi): Promise<string> {
  return (await api.post('/v1/companies', { name: 'Of a file', currency: 'USD' })).body.id;
}
