import type { LedgerSide } from '../../../src/domain/companies/company-balances.js';
import type { Company } from '../../../src/domain/companies/company.js';
import { formatMoney, formatRate } from '../../../src/domain/money.js';
import type { SideFields } from '../../../src/domain/companies/company.js';
import type { Requester } from '../../../src/services/change.js';
import { createCompany } from '../../../src/services/companies/create-company.js';
import { deleteCompany } from '../../../src/services/companies/delete-company.js';
import { editCompany } from '../../../src/services/companies/edit-company.js';
import { recordCompanyEntry } from '../../../src/services/companies/record-company-entry.js';
import { reportCompanyBalances } from '../../../src/services/companies/report-company-balances.js';
import { resetCompanySide } from '../../../src/services/companies/reset-company-side.js';
import { createRate } from '../../../src/services/rates/create-rate.js';
import type { CompanyScenario, CompanyHappening, ScenarioSide } from '../../../src/simulate/company-scenario.js';
import { scenarioActor } from '../../../src/simulate/scenario.js';
import { findCompany } from '../../../src/storage/companies/companies.js';
import { ensureOperator } from '../../../src/storage/resellers/operator.js';
import type { Sql } from '../../../src/storage/system/database.js';
import { operatorScope } from '../../../src/storage/system/scope.js';
import { deleteRates } from '../../../src/storage/system/simulation.js';

const reason = 'scenario';

/** The company of a scenario in the database: a new one for each run, its instants moved by one constant. */
export class TestCompany {
  private entries = 0;

  private constructor(
    private readonly sql: Sql,
    private readonly operatorId: string,
    readonly id: string,
    private readonly currencies: Readonly<Record<LedgerSide, string>>,
  ) {}

  static async create(sql: Sql, scenario: CompanyScenario, shiftMs: number): Promise<TestCompany> {
    const operator = await ensureOperator(sql, 'Operator');
    await deleteRates(sql);
    const startMs = scenario.startMs + shiftMs;
    const requester = requesterAt(sql, operator.id, startMs);
    for (const rate of scenario.rates) {
      const row = { from: rate.from, to: rate.to, rate: formatRate(rate.rate), at: new Date(rate.atMs + shiftMs) };
      // As if it were known before all times: also one that is in the past when the story begins.
      await createRate({ ...requester, now: Number.NEGATIVE_INFINITY }, row, reason, null);
    }
    const { openingBalances, sides, ...fields } = scenario.company;
    const { their, our, mutual } = sides;
    const { id } = await createCompany(
      requester,
      {
        ...fields,
        resellerId: operator.id,
        externalId: null,
        email: null,
        sides: { their: withoutTemplate(their), our: withoutTemplate(our), mutual: withoutTemplate(mutual) },
      },
      reason,
    );
    const company = new TestCompany(sql, operator.id, id, { their: fields.theirCurrency, our: fields.ourCurrency });
    for (const side of ['their', 'our'] as const) {
      const amount = openingBalances[side];
      if (amount !== 0n) await company.write({ kind: 'adjustment', side, amount }, startMs);
    }
    return company;
  }

  /** Writes what happens at the instant `atMs` of the test server's clock; the mail server is the runner's. */
  async write(event: CompanyHappening, atMs: number): Promise<void> {
    const requester = requesterAt(this.sql, this.operatorId, atMs);
    switch (event.kind) {
      case 'charge':
      case 'adjustment':
        return this.post(requester, event.kind, event.side, `${++this.entries}`, event.amount);
      case 'payment':
        return this.post(requester, 'payment', event.side, event.id, event.amount);
      case 'netting':
        return this.post(requester, 'netting', null, `${++this.entries}`, event.amount);
      case 'balances': {
        const { their, our } = event;
        const balances = { their: textOf(their), our: textOf(our), at: new Date(atMs) };
        await reportCompanyBalances(requester, this.id, balances);
        return;
      }
      case 'threshold': {
        const patch = { [event.side]: event.fields };
        await editCompany(requester, this.id, { patch, reason }, () => undefined);
        return;
      }
      case 'reset':
        await resetCompanySide(requester, this.id, event.side, reason);
        return;
      case 'mail':
        return;
    }
  }

  /** With its balances and balance mail times as they are at an instant. */
  async read(atMs: number): Promise<Company> {
    const company = await findCompany(this.sql, this.operatorId, this.id, atMs);
    if (!company) throw new Error('the company of the scenario is gone');
    return company;
  }

  /** It is deleted: later runs leave it out. */
  async delete(): Promise<void> {
    await deleteCompany(requesterAt(this.sql, this.operatorId, Date.now()), this.id, reason, () => undefined);
  }

  private async post(
    requester: Requester,
    kind: 'charge' | 'payment' | 'adjustment' | 'netting',
    side: LedgerSide | null,
    externalId: string,
    amount: bigint,
  ): Promise<void> {
    await recordCompanyEntry(requester, {
      ...{ companyId: this.id, side, kind, externalId, amount: formatMoney(amount), note: null, source: 'simulate' },
      ...{ currency: this.currencies[side ?? 'their'], occurredAt: null },
    });
  }
}

function withoutTemplate(side: ScenarioSide): SideFields {
  return { ...side, alarmChannels: [], templateId: null };
}

function textOf(amount: bigint | null): string | null {
  return amount === null ? null : formatMoney(amount);
}

function requesterAt(sql: Sql, operatorId: string, now: number): Requester {
  return { scope: operatorScope(sql, operatorId), actor: scenarioActor, now };
}
