import { Secret, TOTP } from 'otpauth';
import { startSandboxGateway } from '../../../local-stack/src/gateway/sandbox-gateway.js';
import { insertInvoiceEmails } from '../../../src/storage/invoicing/invoice-emails.js';
import type { Sql } from '../../../src/storage/system/database.js';

interface Installation {
  readonly api: string;
  readonly apiKey: string;
  /** past the API, for what takes days */
  readonly sql: Sql;
}

type Answer = Record<string, string> & { readonly cookies: string };

const password = 'four unrelated words here';
const nextPassword = 'five other unrelated words here';

/** Causes an email of each kind in an empty installation, through its API as far as that is possible. */
export async function causeEveryMail(installation: Installation): Promise<{ stop(): Promise<void> }> {
  const { sql } = installation;
  const sandbox = await startSandboxGateway({ port: 0, apiKey: 'sandbox-key-4402' });
  const caller = new Caller(installation);
  const post = (path: string, body: object = {}): Promise<Answer> => caller.call('POST', path, body);
  let clients = 0;
  const client = (name: string, fields: object = {}): Promise<Answer> =>
    post('/v1/clients', {
      name: `Kind ${name}`,
      ...{ currency: 'USD', billingEmail: `${name}-${++clients}@kinds.example`, creditLimit: '10.00' },
      ...fields,
    });
  const charge = ({ id }: Answer, amount: string): Promise<Answer> =>
    post(`/v1/clients/${id}/charges`, { id: `charge-${id}`, amount, currency: 'USD' });

  await templates();
  await Promise.all([rules(), credits(), invoices(), rates(), cards(), companies(), users(), panel()]);
  await staff();
  return { stop: () => sandbox.stop() };

  /** With the variables under the names of the manuals. */
  async function templates(): Promise<void> {
    const invoice = [
      'c_dt',
      'type',
      'amount',
      'period_start',
      'period_finish',
      'due_date',
      'no',
      'descr',
      'tz',
      'state',
    ];
    const texts = {
      low_balance:
        "${client['balance_avail']} ${client['currency']}, client ${client['alert_threshold']}, administrator ${client['alert_athreshold']}",
      company_balance: '${COMPANY} has ${BALANCE}',
      invoice: [...invoice, 'name'].map((name) => `\${invoice['${name}']}`).join('|') + "|${client['currency']}",
    };
    for (const [kind, text] of Object.entries(texts)) {
      await post('/v1/mail-templates', { kind, locale: 'en', name: kind, subject: `Own ${kind}`, html: '', text });
    }
  }

  async function rules(): Promise<void> {
    const profile = await post('/v1/profiles', {
      ...{ name: 'On change', currency: 'USD', periodHours: 24, maxNotifications: 3, trigger: 'change' },
      userRule: { threshold: '40.00', notifyOwner: false, emails: ['owner@kinds.example'] },
      clientRule: { threshold: '25.00', notifyClient: true, emails: [] },
    });
    const low = await client('low', { profileId: profile['id'], creditLimit: '0.00', openingBalance: '100.00' });
    await charge(low, '107.50');
    await charge(await client('warned', { warningThresholds: ['20.00'], openingBalance: '50.00' }), '45.00');
  }

  async function credits(): Promise<void> {
    const grant = (of: Answer, afterSeconds: number): Promise<Answer> =>
      post(`/v1/clients/${of['id']}/temporary-credits`, {
        ...{ amount: '5.00', reason: 'every kind' },
        validUntil: new Date(Date.now() + afterSeconds * 1000).toISOString(),
      });
    const days = 86_400;
    const changed = await grant(await client('changed'), 2 * days);
    const change = (amount: string): Promise<Answer> =>
      caller.call('PATCH', `/v1/temporary-credits/${changed['id']}`, { amount, reason: 'every kind' });
    await change('8.00');
    await change('6.00');
    await post(`/v1/temporary-credits/${changed['id']}/cancel`, { reason: 'every kind' });
    await grant(await client('expiring'), 3_605);
    await grant(await client('reverted'), 5);
  }

  async function invoices(): Promise<void> {
    const of = await client('invoice');
    await sql`update clients set created_at = now() - interval '90 days' where id = ${of['id'] ?? ''}`;
    const { id = '' } = await post(`/v1/clients/${of['id']}/invoices`, {
      ...{ description: 'March traffic', issue: true, lines: [{ description: 'Traffic', amount: '120.00' }] },
    });
    // The task writes these rows at 9:00 of days around the due date.
    const at = new Date();
    await insertInvoiceEmails(sql, [
      { invoiceId: id, kind: 'invoice_reminder', days: 3, at },
      { invoiceId: id, kind: 'invoice_overdue', days: 1, at },
    ]);
  }

  /** A forced notification has the rates that become effective by the end of tomorrow. */
  async function rates(): Promise<void> {
    const table = await post('/v1/rate-tables', { name: 'Every kind', currency: 'USD' });
    const effectiveFrom = new Date(Date.now() + 3_600_000).toISOString();
    await post(`/v1/rate-tables/${table['id']}/rates`, { code: '380', rate: '0.1', effectiveFrom });
    const of = await client('rates', { originationRateTableId: table['id'], ratesEmail: 'rates@kinds.example' });
    await post('/v1/rate-notifications', { rateTableId: table['id'], kind: 'forced', clientId: of['id'] });
  }

  async function cards(): Promise<void> {
    await post('/v1/payment-gateways', {
      ...{ name: 'Sandbox', kind: 'http', url: sandbox.url, currency: 'USD', apiKey: 'sandbox-key-4402' },
    });
    for (const card of ['1111', '0002', '0004']) {
      const auto = {
        lowBalanceThreshold: '20.00',
        autoPayment: true,
        autoPaymentExtraAmount: '100.00',
        autoPaymentReceipt: true,
      };
      const payer = await client(`card-${card}`, { ...auto, openingBalance: '50.00' });
      await registerCard(payer['id'] ?? '', card);
      await charge(payer, '45.00');
      if (card !== '1111') continue;
      await sql`
        update auto_payments set expiry_notice = 30, expiry_notice_at = now() where client_id = ${payer['id'] ?? ''}`;
    }
  }

  /** As a browser does: the form of the gateway, a card, and back. */
  async function registerCard(clientId: string, last4: string): Promise<void> {
    const path = `/v1/clients/${clientId}/card-registrations`;
    const { id, url = '' } = await post(path, { returnUrl: 'https://lowwater.example/' });
    const action = /action="([^"]+)"/.exec(await (await fetch(url)).text())?.[1] ?? '';
    await fetch(new URL(action, url), {
      method: 'POST',
      body: new URLSearchParams({ card: last4 }),
      redirect: 'manual',
    });
    await post(`${path}/${id}/finish`);
  }

  async function companies(): Promise<void> {
    const side = { enabled: true, threshold: '0.00', alarmEmails: ['finance@carrier.example'] };
    const { id } = await post('/v1/companies', { name: 'Carrier One', currency: 'USD', their: side });
    const amount = { id: 'entry-1', kind: 'charge', side: 'their', amount: '5.00', currency: 'USD' };
    await post(`/v1/companies/${id}/entries`, amount);
    await post('/v1/tasks/balance-thresholds/run');
  }

  async function users(): Promise<void> {
    const fields = { name: 'Anna', role: 'admin' };
    await post('/v1/users', { ...fields, email: 'invited@kinds.example', sendInvitation: true });
    const email = 'anna@kinds.example';
    const { id } = await post('/v1/users', { ...fields, email });
    await post(`/v1/users/${id}/password`, { password: password });
    const session = await caller.logIn('/v1/session', { email, password: password });
    const { secret = '' } = await session.call('POST', '/v1/me/second-factor/enrollment', { password: password });
    const code = TOTP.generate({ secret: Secret.fromBase32(secret) });
    await session.call('POST', '/v1/me/second-factor/confirm', { code });
    await session.call('PATCH', '/v1/me', { preferences: { digestHour: 0 } });
    await post('/v1/tasks/digests/run');
    await session.call('POST', '/v1/me/password', { current: password, next: nextPassword });
    await post('/v1/password-resets', { email });
  }

  async function panel(): Promise<void> {
    const invited = await client('invited', { clientPanel: true, panelLogin: 'invited' });
    await post(`/v1/clients/${invited['id']}/panel/invitation`);
    const login = 'every-kind';
    const { id } = await client('panel', { clientPanel: true, panelLogin: login });
    await post(`/v1/clients/${id}/panel/password`, { password });
    const session = await caller.logIn('/v1/panel/session', { login, password });
    await session.call('POST', '/v1/panel/billing-email', { billingEmail: 'new@kinds.example' });
    await session.call('POST', '/v1/panel/password', { current: password, next: nextPassword });
    await post('/v1/panel/password-resets', { login });
  }

  /** A cause that ends: the rate of the currency of a client is missing, and is then created. */
  async function staff(): Promise<void> {
    const profile = await post('/v1/profiles', {
      ...{ name: 'In euros', currency: 'EUR', periodHours: 24, userRule: { threshold: '1.00', emails: [] } },
    });
    await client('no-rate', { profileId: profile['id'] });
    const waitFor = async (what: string, holds: () => Promise<boolean>): Promise<void> => {
      const deadline = performance.now() + 60_000;
      while (!(await holds())) {
        if (performance.now() > deadline) throw new Error(`waited in vain: ${what}`);
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
    };
    await waitFor('staff is emailed about the missing rate', async () => {
      const [row] = await sql`select 1 from events where kind = 'rate.missing' and emailed_at is not null`;
      return row !== undefined;
    });
    await post('/v1/exchange-rates', { from: 'USD', to: 'EUR', rate: '0.9' });
  }
}

/** Someone who calls the API: a program with its key, or a browser with its session. */
class Caller {
  constructor(
    private readonly installation: Pick<Installation, 'api' | 'apiKey'>,
    private readonly session: Readonly<Record<string, string>> | null = null,
  ) {}

  async call(method: string, path: string, body: object): Promise<Answer> {
    const { api, apiKey } = this.installation;
    const response = await fetch(`${api}${path}`, {
      method,
      headers: {
        'content-type': 'application/json',
        'if-match': '*',
        ...(this.session ?? { authorization: `Bearer ${apiKey}` }),
      },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    const answer = text === '' ? {} : (JSON.parse(text) as object);
    const cookies = response.headers.getSetCookie().map((cookie) => cookie.split(';')[0] ?? '');
    return { ...answer, cookies: cookies.join('; ') } as Answer;
  }

  async logIn(path: string, body: object): Promise<Caller> {
    const browser = new Caller(this.installation, { origin: this.installation.api });
    const { cookies, csrfToken = '' } = await browser.call('POST', path, body);
    return new Caller(this.installation, { cookie: cookies, 'x-csrf-token': csrfToken });
  }
}
