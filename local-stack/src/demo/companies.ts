import type { LedgerSide } from '../../../src/domain/companies/company-balances.js';
import type { SideFields } from '../../../src/domain/companies/company.js';
import { dayMs } from '../../../src/domain/durations.js';
import { createCompany } from '../../../src/services/companies/create-company.js';
import { recordCompanyEntry } from '../../../src/services/companies/record-company-entry.js';
import type { World } from './past/world.js';

interface DemoCompany {
  readonly name: string;
  readonly email: string;
  readonly thresholds: { readonly their: string | null; readonly our: string | null; readonly mutual: string | null };
  /** paid, and used */
  readonly their: readonly [string, string];
  readonly our: readonly [string, string];
}

const companies: readonly DemoCompany[] = [
  {
    ...{ name: 'Carrier One', email: 'finance@carrier-one.example' },
    thresholds: { their: '100.00', our: null, mutual: '0.00' },
    ...{ their: ['1000.00', '950.00'], our: ['300.00', '420.00'] },
  },
  {
    ...{ name: 'Transit Networks', email: 'billing@transit-networks.example' },
    thresholds: { their: '500.00', our: '-1000.00', mutual: null },
    ...{ their: ['8000.00', '3250.75'], our: ['2500.00', '2100.40'] },
  },
  {
    ...{ name: 'Nordic Termination', email: 'accounts@nordic-termination.example' },
    thresholds: { their: null, our: null, mutual: null },
    ...{ their: ['1200.00', '400.00'], our: ['900.00', '150.00'] },
  },
];

/** Partners of the operator with payments and usage in both directions; the first one is low. */
export async function addCompanies(world: World): Promise<void> {
  const { operatorId: resellerId, period } = world;
  const requester = world.requester(period.to, 'ada');
  for (const { name, email, thresholds, their, our } of companies) {
    const side = (threshold: string | null, address: string): SideFields => ({
      ...{ enabled: threshold !== null, threshold, currency: 'USD', alarmEmails: [address] },
      ...{ alarmChannels: [], templateId: null },
    });
    const { id } = await createCompany(
      requester,
      {
        ...{ name, email, resellerId, externalId: null, source: 'ledger', maxAgeMinutes: null },
        ...{ currency: 'USD', theirCurrency: 'USD', ourCurrency: 'USD' },
        sides: {
          their: side(thresholds.their, email),
          our: side(thresholds.our, 'finance@company-name.example'),
          mutual: side(thresholds.mutual, email),
        },
      },
      null,
    );
    const entries: readonly (readonly [LedgerSide, 'payment' | 'charge', string, number])[] = [
      ['their', 'payment', their[0], 20],
      ['our', 'payment', our[0], 18],
      ['their', 'charge', their[1], 2],
      ['our', 'charge', our[1], 1],
    ];
    for (const [of, kind, amount, daysAgo] of entries) {
      await recordCompanyEntry(requester, {
        ...{ companyId: id, side: of, kind, amount, currency: 'USD', externalId: `${kind}-1` },
        ...{ occurredAt: period.to - daysAgo * dayMs, source: world.sourceOf('api'), note: null },
      });
    }
  }
}
