import { snakeCase } from '../../snake-case.js';
import { clientFieldEntries, defaultOf, type ClientFieldName } from '../client-fields.js';
import type { ReferenceTarget } from '../fields/spec.js';

/** Which field of the catalogue each column of a file is. Null: the column is not imported. */
export type ImportMapping = readonly (ClientFieldName | null)[];

/** Fields that each row has to give. */
export const requiredFields: readonly ClientFieldName[] = clientFieldEntries
  .filter(([, spec]) => defaultOf(spec) === undefined && spec.inherits === undefined)
  .map(([name]) => name);

/** Headers that spreadsheets have for a field besides its name and its header in our own files. */
const otherHeaders: { readonly [Name in ClientFieldName]?: readonly string[] } = {
  name: ['client', 'client name'],
  resellerId: ['reseller'],
  managerId: ['manager', 'account manager'],
  timezone: ['timezone', 'zone'],
  externalId: ['external id', 'reference'],
  customerClassId: ['customer class', 'class'],
  taxProfileId: ['tax profile'],
  originationRateTableId: ['origination rate table'],
  terminationRateTableId: ['termination rate table'],
  agreementId: ['agreement'],
  profileId: ['profile', 'low balance profile'],
  invoiceTemplateId: ['invoice template'],
  paymentTermsId: ['payment terms', 'terms'],
  openingBalance: ['opening balance', 'balance', 'live', 'live balance'],
  creditLimit: ['credit', 'limit'],
  billingEmail: ['email'],
  locale: ['language', 'locale'],
  warningThresholds: ['warning thresholds', 'warnings'],
  checkEveryMinutes: ['check interval', 'check every minutes'],
};

const fieldOfHeader: ReadonlyMap<string, ClientFieldName> = new Map(
  clientFieldEntries
    .flatMap(([name, spec]) =>
      [name, snakeCase(name), spec.csv ?? name, ...(otherHeaders[name] ?? [])].map(
        (header) => [plainHeader(header), name] as const,
      ),
    )
    // The first field that has a header keeps it.
    .reverse(),
);

/** The field that each header names; each field once. */
export function matchColumns(headers: readonly string[]): ImportMapping {
  const used = new Set<ClientFieldName>();
  return headers.map((header) => {
    const field = fieldOfHeader.get(plainHeader(header));
    if (field === undefined || used.has(field)) return null;
    used.add(field);
    return field;
  });
}

function plainHeader(header: string): string {
  return header.replaceAll(/[\s_\-.*]+/g, '').toLowerCase();
}

/** What the field refers to, which a file may name by its id or by its name; null: it is no reference. */
export function referredBy(field: ClientFieldName): ReferenceTarget | null {
  return references.get(field) ?? null;
}

const references: ReadonlyMap<ClientFieldName, ReferenceTarget> = new Map(
  clientFieldEntries.flatMap(([name, spec]) => (spec.type === 'reference' ? [[name, spec.to] as const] : [])),
);
