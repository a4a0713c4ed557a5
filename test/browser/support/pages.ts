import { until } from '../../support/run/lowwater.js';
import pages from '../pages.json';
import { newClient } from './clients.js';
import { rejectPayment } from './payments.js';
import { stage } from './stage.js';

/** Every page, and every tab of one. A name after a colon represents the id of such an object. */
export { pages };

/** The address with real ids in it: of a client in debt, of a notification, of the profile of the manuals. */
export async function resolved(address: string): Promise<string> {
  const { api } = stage();
  const first = async (path: string): Promise<string> => {
    let id = '';
    // The demo sends its first emails some seconds after the start.
    await until(`there is something under ${path}`, async () => (id = (await api.list(path))[0]?.id ?? '') !== '');
    return id;
  };
  if (address.includes(':client')) return address.replace(':client', await first('/v1/clients?q=Customer%20B&limit=1'));
  if (address.includes(':company')) return address.replace(':company', await someCompany());
  if (address.includes(':mail')) return address.replace(':mail', await someMailTemplate());
  if (address.includes(':reseller')) {
    return address.replace(':reseller', await first('/v1/resellers?kind=reseller&limit=1'));
  }
  if (address.includes(':template')) return address.replace(':template', await someTemplate());
  if (address.includes(':rateNotification')) {
    return address.replace(':rateNotification', await first('/v1/rate-notifications?limit=1'));
  }
  if (address.includes(':rateTable')) return address.replace(':rateTable', await someRateTable());
  if (address.includes(':rateImport')) return address.replace(':rateImport', await someRateImport());
  if (address.includes(':notification')) {
    return address.replace(':notification', await first('/v1/notifications?limit=1'));
  }
  if (address.includes(':payment')) return address.replace(':payment', await somePayment());
  if (address.includes(':import')) return address.replace(':import', await someImport());
  if (address.includes(':event')) return address.replace(':event', await someEvent());
  if (address.includes(':job')) return address.replace(':job', await someJob());
  if (address.includes(':profile'))
    return address.replace(':profile', await first('/v1/profiles?name=default&limit=1'));
  return address;
}

/** One whose rows have outcomes of several kinds: the limit is in the currency of some clients only. */
async function someJob(): Promise<string> {
  const { api } = stage();
  const [job] = await api.list('/v1/jobs?kind=set_credit_limit&limit=1');
  if (job) return job.id;
  const started = await api.post('/v1/jobs', {
    kind: 'set_credit_limit',
    parameters: { creditLimit: { amount: '75.00', currency: 'EUR' } },
    selection: { query: 'q=Vendor' },
    reason: 'annual review',
  });
  return started.id;
}

/** As the page of payments names it: by its client. */
async function somePayment(): Promise<string> {
  const { api } = stage();
  const known = await api.list<{ readonly id: string; readonly clientId: string }>('/v1/payments?limit=1');
  const [payment] = known;
  if (payment) return `${payment.clientId}/${payment.id}`;
  const client = await newClient();
  await api.post(`/v1/clients/${client.id}/payments`, { id: 'walk-1', amount: '5.00', currency: 'USD' });
  return `${client.id}/walk-1`;
}

/** One with a row that is not valid, whose check continues when the page is opened. */
async function someImport(): Promise<string> {
  const { api } = stage();
  const { id } = await api.upload('/v1/imports?fileName=clients.csv', 'text/csv', 'Name,Currency\nA,USD\nB,none\n');
  await api.post(`/v1/imports/${id}/mapping`, { fields: ['name', 'currency'] });
  return id;
}

async function someRateTable(): Promise<string> {
  const { api } = stage();
  const [known] = await api.list('/v1/rate-tables?limit=1');
  if (known) return known.id;
  return (await api.post('/v1/rate-tables', { name: 'Walk', currency: 'USD' })).id;
}

/** One with a row that is not valid, whose check continues when the page is opened. */
async function someRateImport(): Promise<string> {
  const { api } = stage();
  const file = 'Code,Rate,Effective Date\n380,0.1,2026-01-01\n48,x,2026-01-01\n';
  const { id } = await api.upload(
    `/v1/rate-tables/${await someRateTable()}/imports?fileName=rates.csv`,
    'text/csv',
    file,
  );
  await api.post(`/v1/rate-imports/${id}/mapping`, { fields: ['code', 'rate', 'effectiveFrom'] });
  return id;
}

async function someTemplate(): Promise<string> {
  const { api } = stage();
  const [known] = await api.list('/v1/client-templates?limit=1');
  if (known) return known.id;
  const values = { creditLimit: '500.00', originationCapacity: 60 };
  return (await api.post('/v1/client-templates', { name: 'Walk', currency: 'USD', values })).id;
}

async function someEvent(): Promise<string> {
  const { api } = stage();
  const [event] = await api.list('/v1/events?status=all&limit=1');
  if (event) return event.id;
  await rejectPayment('walk-rejected');
  return (await api.list('/v1/events?limit=1'))[0]?.id ?? '';
}

/** With a threshold, and an entry. */
async function someCompany(): Promise<string> {
  const { api } = stage();
  const [known] = await api.list('/v1/companies?limit=1');
  if (known) return known.id;
  const their = { enabled: true, threshold: '100.00', alarmEmails: ['finance@walk.example'] };
  const { id } = await api.post('/v1/companies', { name: 'Walk', currency: 'USD', their });
  const entry = { id: 'walk-1', side: 'their', kind: 'payment', amount: '500.00', currency: 'USD' };
  await api.post(`/v1/companies/${id}/entries`, entry);
  return id;
}

/** One with a draft that has an error, of a kind that the journeys do not send. */
async function someMailTemplate(): Promise<string> {
  const { api } = stage();
  const [known] = await api.list('/v1/mail-templates?kind=invoice_overdue&limit=1');
  if (known) return known.id;
  const made = await api.post('/v1/mail-templates', {
    ...{
      kind: 'invoice_overdue',
      name: 'Walk',
      subject: 'Overdue: ${invoice.no}',
      text: '${invoice.nope}',
      draft: true,
    },
  });
  return made.id;
}
