import { api, unwrapVersioned, type Versioned } from '../../../api/client';
import type { components } from '../../../api/schema';

export type Terms = components['schemas']['PaymentTerms'];
export type Tax = components['schemas']['TaxProfile'];
export type InvoiceTemplate = components['schemas']['InvoiceTemplate'];
export type Agreement = components['schemas']['Agreement'];
export type CustomerClass = components['schemas']['CustomerClass'];

export type NumberFormat = components['schemas']['InvoiceNumberFormat'];
export type NumberType = NumberFormat['type'];

export const numbersKey = (resellerId: string, type: NumberType): readonly string[] => [
  'invoiceNumbers',
  resellerId,
  type,
];

export function readNumbers(id: string, type: NumberType, signal: AbortSignal): Promise<Versioned<NumberFormat>> {
  const params = { path: { id, type } };
  return unwrapVersioned(api.GET('/v1/resellers/{id}/invoice-numbers/{type}', { params, signal }));
}

export function readTerms(id: string, signal: AbortSignal): Promise<Versioned<Terms>> {
  return unwrapVersioned(api.GET('/v1/payment-terms/{id}', { params: { path: { id } }, signal }));
}

export function readTax(id: string, signal: AbortSignal): Promise<Versioned<Tax>> {
  return unwrapVersioned(api.GET('/v1/tax-profiles/{id}', { params: { path: { id } }, signal }));
}

export function readTemplate(id: string, signal: AbortSignal): Promise<Versioned<InvoiceTemplate>> {
  return unwrapVersioned(api.GET('/v1/invoice-templates/{id}', { params: { path: { id } }, signal }));
}

export function readAgreement(id: string, signal: AbortSignal): Promise<Versioned<Agreement>> {
  return unwrapVersioned(api.GET('/v1/agreements/{id}', { params: { path: { id } }, signal }));
}

export function readClass(id: string, signal: AbortSignal): Promise<Versioned<CustomerClass>> {
  return unwrapVersioned(api.GET('/v1/customer-classes/{id}', { params: { path: { id } }, signal }));
}
