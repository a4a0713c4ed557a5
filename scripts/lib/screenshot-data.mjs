import { randomUUID } from 'node:crypto';

/** What the demo data lack for pictures: weeks of charges, clients of all kinds, credit that is lent, two currencies. */

const dayMs = 86_400_000;
const names = [
  ['Nordic Voice', 'SEK', 42, 900],
  ['Baltic Carrier', 'EUR', 18, 400],
  ['Dnipro Telecom', 'USD', 31, 700],
  ['Lviv Calls', 'USD', 12, 190],
  ['Alpine SIP', 'EUR', 55, 1300],
  ['Harbour Networks', 'USD', 9, 260],
  ['Metro Trunk', 'USD', 23, 520],
  ['Island Mobile', 'USD', 4, 120],
  ['Prairie Wholesale', 'USD', 64, 1500],
  ['Delta Numbers', 'USD', 15, 330],
];

/** @param base http://host:port of the API */
export async function addPictureData(base, key) {
  const call = async (method, path, body) => {
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
    const answer = await fetch(`${base}${path}`, {
      method,
      headers: { ...headers, 'Idempotency-Key': randomUUID() },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  };
  const { data: profiles } = await call('GET', '/v1/profiles');
  await call('POST', '/v1/exchange-rates', { from: 'EUR', to: 'USD', rate: '1.0825' });
  await call('POST', '/v1/exchange-rates', { from: 'SEK', to: 'USD', rate: '0.0951' });
  for (const [index, [name, currency, perDay, paid]] of names.entries()) {
    const mailName = name.toLowerCase().replace(' ', '-');
    const client = await call('POST', '/v1/clients', {
      ...{ name, currency, balanceModel: 'prepaid', creditLimit: index % 3 === 0 ? '250.00' : '0.00' },
      billingEmail: `billing@${mailName}.example`,
      ...{ tags: index % 2 === 0 ? ['wholesale'] : ['retail', 'night rate'] },
    });
    const move = (kind, id, amount, daysAgo) =>
      call('POST', `/v1/clients/${client.id}/${kind}`, {
        ...{ id, amount: amount.toFixed(2), currency, note: kind === 'payments' ? 'bank transfer' : 'calls' },
        at: new Date(Date.now() - daysAgo * dayMs).toISOString(),
      });
    await move('payments', `picture-pay-${client.id}`, paid, 28);
    for (let day = 27; day >= 1; day--) {
      // Spending has its weekends; the numbers are the same in every picture.
      const share = 0.7 + ((day * 7 + index * 3) % 10) / 14;
      await move('charges', `picture-${client.id}-${day}`, perDay * share * (day % 7 < 2 ? 0.5 : 1), day);
    }
    // Watched from now on, with weeks behind it.
    await call('POST', `/v1/profiles/${profiles[index % profiles.length].id}/assign`, { clientIds: [client.id] });
    await call('POST', `/v1/clients/${client.id}/monitor/check`, {});
  }
  const { data: clients } = await call('GET', '/v1/clients?limit=200');
  const named = (name) => clients.find((client) => client.name === name).id;
  const lend = (name, terms) => call('POST', `/v1/clients/${named(name)}/temporary-credits`, terms);
  const inDays = (days) => new Date(Date.now() + days * dayMs).toISOString();
  await lend('Customer D', { amount: '200.00', validUntil: inDays(3), reason: 'bank holiday' });
  await lend('Voxbone', { percent: '50', from: inDays(2), validUntil: inDays(9), reason: 'campaign' });
  await lend('Nordic Voice', { amount: '75.00', validUntil: inDays(6), reason: 'payment is on its way' });
  await call('POST', `/v1/clients/${named('Metro Trunk')}/monitor/silence`, {
    ...{ until: inDays(1), reason: 'they know; payment is announced' },
  });
}
