import type { InvoiceTemplateFields } from '../../../src/domain/invoicing/invoice-template.js';
import type { PaymentTermsFields } from '../../../src/domain/invoicing/payment-terms.js';
import { createInvoiceTemplate } from '../../../src/services/invoicing/setup/invoice-templates.js';
import { createPaymentTerms } from '../../../src/services/invoicing/setup/payment-terms.js';
import { createClientTemplate } from '../../../src/services/clients/templates/client-templates.js';
import { customerClassKind } from '../../../src/services/clients/customer-classes.js';
import { taxProfileKind } from '../../../src/services/invoicing/setup/tax-profiles.js';
import { createShared } from '../../../src/services/shared-record.js';
import type { DemoTerms } from './clients.js';
import type { World } from './past/world.js';
import { addRateTable } from './rates.js';

const paymentTerms: Readonly<Record<DemoTerms, Omit<PaymentTermsFields, 'resellerId'>>> = {
  '7/7': { name: 'Weekly', mode: 'every', days: 7, day: null, graceDays: 7, remindBefore: [2], remindAfter: [1, 5] },
  'on 1/14': {
    ...{ name: 'Monthly', mode: 'on', days: null, day: 1, graceDays: 14 },
    ...{ remindBefore: [3], remindAfter: [1, 7, 14] },
  },
};

/** What demo clients refer to. */
export interface DemoReferences {
  readonly terms: Readonly<Record<DemoTerms, string>>;
  readonly vat: string;
  readonly wholesale: string;
  readonly carriers: string;
  readonly letterhead: string;
  readonly voiceRates: string;
}

/** Of the operator, for its clients and those of the sub-reseller. */
export async function addReferences(world: World): Promise<DemoReferences> {
  const requester = world.requester(world.period.from, 'ada');
  const resellerId = world.operatorId;
  const add = async (label: DemoTerms): Promise<string> =>
    (await createPaymentTerms(requester, { ...paymentTerms[label], resellerId }, null)).id;
  const vat = { name: 'VAT 20%', ratePercent: '20', mode: 'inclusive', label: 'VAT' } as const;
  const wholesale = { resellerId, name: 'Wholesale', transfersAllowed: true };
  const letterhead: Omit<InvoiceTemplateFields, 'logoId'> = {
    resellerId,
    name: 'Letterhead',
    language: 'en',
    columns: ['position', 'description', 'amount'],
    sellerDetails: '1 Sample Street, Kyiv',
    notes: 'Please name the invoice number in your transfer.',
    subject: null,
  };
  const carriers = {
    ...{ resellerId, name: 'Carriers', currency: null, tags: [] },
    values: { originationCapacity: 480, billEventsBy: 'connect', rateNotification: true },
  } as const;
  return {
    terms: { '7/7': await add('7/7'), 'on 1/14': await add('on 1/14') },
    vat: (
      await createShared(
        requester,
        taxProfileKind,
        { ...vat, resellerId, note: null, sureTax: false, archived: false },
        null,
      )
    ).id,
    wholesale: (await createShared(requester, customerClassKind, wholesale, null)).id,
    letterhead: (await createInvoiceTemplate(requester, letterhead, null, null)).id,
    carriers: (await createClientTemplate(requester, carriers, null)).id,
    voiceRates: await addRateTable(world),
  };
}
