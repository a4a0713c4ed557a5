import { noteAnswered } from '../../support/api/answered.js';
import type { Reply } from '../../support/api/api.js';
import {
  sandboxKey,
  sandboxSecret,
  startCardPayments,
  type CardPayments,
} from '../../support/payments/card-payments.js';

/** Cards at a gateway, and payments by hand: through both wire formats, with every way in which a gateway may answer. */
jest.setTimeout(60_000);

const minute = 60_000;
const hour = 60 * minute;

describe.each(['http', 'authorize_net'] as const)('with a gateway of the kind %s', (kind) => {
  let cards: CardPayments;
  beforeAll(async () => {
    cards = await startCardPayments(kind);
  });
  afterAll(() => cards?.stop());

  test('a card is registered in the form of the gateway, shown without its number, and removed there too', async () => {
    const { api, sandbox } = cards;
    const id = await cards.payer('1111');
    const state = await api.get(`/v1/clients/${id}/auto-payment`);
    expect(state.body).toMatchObject({
      state: 'idle',
      card: { brand: 'Visa', last4: '1111', expires: '2030-12' },
      threshold: '50.00',
    });
    const before = sandbox.state.cards.size;
    expect(await api.call('DELETE', `/v1/clients/${id}/card?reason=expired`)).toHaveStatus(204);
    const audit = await api.get(`/v1/audit?subjectType=client&subjectId=${id}`);
    expect(audit.body.data.map(({ reason }: { reason: string | null }) => reason)).toContain('expired');
    expect(sandbox.state.cards.size).toBe(before - 1);
    expect((await api.get(`/v1/clients/${id}/auto-payment`)).body).toMatchObject({ state: 'no_card', card: null });
    expect(await api.call('DELETE', `/v1/clients/${id}/card`)).toBeProblem(409, 'auto_payment_no_card');
  });

  test('a registration without an entered card is not finished, and one that is finished again changes nothing', async () => {
    const { api } = cards;
    const id = await cards.payer('1111');
    const started = await api.post(`/v1/clients/${id}/card-registrations`, { returnUrl: 'https://a.example/' });
    const path = `/v1/clients/${id}/card-registrations/${started.body.id}/finish`;
    if (kind === 'http') expect(await api.post(path)).toBeProblem(409, 'card_not_entered');
    const again = await cards.registerCard(id, '0002');
    expect(again.body).toMatchObject({ last4: '0002' });
  });

  test('an approved payment is one payment of the ledger with the id of the transaction', async () => {
    const { api, sandbox } = cards;
    const id = await cards.payer('1111');
    const payment = await cards.payNow(id, '25.00');
    expect((await cards.read(payment)).status).toBe('waiting');
    await cards.advance(payment);
    const after = await cards.read(payment);
    expect(after).toMatchObject({ status: 'approved', amount: '25.00', key: `pn/${id}/${payment}` });
    expect(after.paymentId).toBe(after.transactionId);
    expect(await cards.balance(id)).toBe('25');
    await cards.advance(payment);
    expect(sandbox.state.charges.filter((key) => key === after.key)).toHaveLength(1);
    const listed = await api.get(`/v1/card-payments?clientId=${id}`);
    expect(listed.body.data).toHaveLength(1);
  });

  test('a webhook before the answer, after it, and repeated end in the same payment', async () => {
    const { sandbox } = cards;
    const id = await cards.payer('0408');
    const payment = await cards.payNow(id, '30.00');
    await cards.advance(payment);
    expect((await cards.read(payment)).status).toBe('charging');
    const transaction = sandbox.state.byKey(`pn/${id}/${payment}`);
    expect(await sandbox.notify(transaction?.id ?? '', 'message-1')).toBe(200);
    expect(await sandbox.notify(transaction?.id ?? '', 'message-1')).toBe(200);
    expect(await sandbox.notify(transaction?.id ?? '', 'message-2')).toBe(200);
    expect((await cards.read(payment)).status).toBe('approved');
    await cards.advance(payment, minute);
    expect(await cards.balance(id)).toBe('30');
  });

  test('a charge whose answer was lost is looked up, not sent again', async () => {
    const { sandbox } = cards;
    const id = await cards.payer('0408');
    const payment = await cards.payNow(id, '40.00');
    await cards.advance(payment);
    await cards.advance(payment, minute);
    expect(await cards.read(payment)).toMatchObject({ status: 'approved' });
    expect(await cards.balance(id)).toBe('40');
    expect(sandbox.state.charges.filter((key) => key === `pn/${id}/${payment}`)).toHaveLength(1);
  });

  test('a charge that no look-up finds is sent once more under its key after two look-ups, then is unknown', async () => {
    const { sandbox, api } = cards;
    const id = await cards.payer('0504');
    const payment = await cards.payNow(id, '40.00');
    const key = `pn/${id}/${payment}`;
    const sent = (): number => sandbox.state.charges.filter((one) => one === key).length;
    await cards.advance(payment);
    await cards.advance(payment, minute);
    expect(sent()).toBe(1);
    // Not before 5 minutes have passed.
    await cards.advance(payment, 2 * minute);
    expect(sent()).toBe(1);
    await cards.advance(payment, 7 * minute);
    expect(sent()).toBe(2);
    await cards.advance(payment, 8 * minute);
    await cards.advance(payment, 14 * minute);
    expect(await cards.read(payment)).toMatchObject({ status: 'unknown' });
    expect(sent()).toBe(2);
    expect(await cards.balance(id)).toBe('0');
    expect((await api.get(`/v1/clients/${id}/auto-payment`)).body).toMatchObject({
      state: 'frozen',
      frozenReason: 'unknown',
    });
    const events = await api.get('/v1/events?kind=card_payment.problem');
    expect(events.body.data[0].data).toMatchObject({ reason: 'unknown', amount: '40.00' });
  });

  test('a payment under review moves no balance until the gateway decides, and blocks others', async () => {
    const { sandbox, api } = cards;
    const id = await cards.payer('0252');
    const payment = await cards.payNow(id, '60.00');
    await cards.advance(payment);
    expect(await cards.read(payment)).toMatchObject({ status: 'held', paymentId: null });
    expect(await cards.balance(id)).toBe('0');
    expect(await api.post(`/v1/clients/${id}/card-payments`, { amount: '1.00' })).toBeProblem(
      409,
      'auto_payment_in_flight',
    );
    expect(await api.call('DELETE', `/v1/clients/${id}/card`)).toBeProblem(409, 'auto_payment_in_flight');
    await cards.advance(payment, 73 * hour);
    const events = await api.get('/v1/events?kind=card_payment.problem');
    expect(events.body.data[0].data).toMatchObject({ reason: 'held' });
    const { transactionId } = await cards.read(payment);
    expect(await sandbox.settle(transactionId, 'approved')).toBe(200);
    expect(await cards.balance(id)).toBe('60');
  });

  test('a declined payment by hand says why, moves nothing, and freezes nothing', async () => {
    const { api } = cards;
    const id = await cards.payer('0004');
    const payment = await cards.payNow(id, '10.00');
    await cards.advance(payment);
    expect(await cards.read(payment)).toMatchObject({ status: 'declined', declineMessage: 'Pick up card' });
    expect(await cards.balance(id)).toBe('0');
    expect((await api.get(`/v1/clients/${id}/auto-payment`)).body.state).toBe('idle');
  });

  test('a chargeback takes the payment back once and freezes, and its reinstatement gives it back once', async () => {
    const { sandbox, api } = cards;
    const id = await cards.payer('1111');
    const payment = await cards.payNow(id, '80.00');
    await cards.advance(payment);
    const { transactionId } = await cards.read(payment);
    expect(await sandbox.settle(transactionId, 'charged_back')).toBe(200);
    expect(await sandbox.notify(transactionId)).toBe(200);
    expect(await cards.balance(id)).toBe('0');
    expect((await api.get(`/v1/clients/${id}/auto-payment`)).body).toMatchObject({
      state: 'frozen',
      frozenReason: 'chargeback',
    });
    expect(await sandbox.settle(transactionId, 'reinstated')).toBe(200);
    expect(await sandbox.notify(transactionId)).toBe(200);
    expect(await cards.balance(id)).toBe('80');
    const entries = await api.get(`/v1/clients/${id}/entries`);
    const kinds = entries.body.data.map(({ kind: one }: { kind: string }) => one).sort();
    expect(kinds).toEqual(['adjustment', 'payment', 'reversal']);
  });

  test('a message with a wrong signature is refused, and one about nothing of Lowwater is ignored', async () => {
    const { sandbox, api } = cards;
    expect(await sandbox.notify('404404')).toBe(200);
    // The sandbox called it, as a gateway does.
    noteAnswered('receiveGatewayWebhook');
    const gateway = await api.get(`/v1/payment-gateways/${cards.gatewayId}`);
    const path = new URL(gateway.body.webhookUrl, api.url).pathname;
    const wrong = await api.post(path, { transactionId: '1' }, { headers: { 'x-anet-signature': 'sha512=00' } });
    expect(wrong).toBeProblem(401, 'signature_invalid');
    expect(await api.post('/v1/webhooks/gateways/nobody-has-this-address-00', {})).toBeProblem(
      401,
      'signature_invalid',
    );
  });

  test('a gateway is deleted unless clients have their cards at it', async () => {
    const { api, sandbox, gatewayId } = cards;
    await cards.payer('1111');
    const remove = (id: string): Promise<Reply> =>
      api.call('DELETE', `/v1/payment-gateways/${id}`, undefined, { headers: { 'If-Match': '*' } });
    expect(await remove(gatewayId)).toBeProblem(409, 'in_use');
    const resellerId = await api.reseller(`Spare ${kind}`);
    const spare = { name: 'Spare', kind: 'http', url: sandbox.url, currency: 'USD', apiKey: sandboxKey, resellerId };
    const made = await api.post('/v1/payment-gateways', spare);
    expect(made).toHaveStatus(201);
    const { body } = made;
    expect(await remove(body.id)).toHaveStatus(204);
    expect(await api.get(`/v1/payment-gateways/${body.id}`)).toHaveStatus(404);
  });

  test('no secret of the gateway is answered, logged in the audit log, or kept in a request', async () => {
    const { api } = cards;
    const path = `/v1/payment-gateways/${cards.gatewayId}`;
    const gateway = await api.get(path);
    const headers = { 'If-Match': String(gateway.headers.get('etag')) };
    const changed = await api.call('PATCH', path, { name: 'Renamed', apiKey: sandboxKey }, { headers });
    expect(changed.body).toMatchObject({ name: 'Renamed', hasWebhookSecret: true });
    const moved = await api.call('PATCH', path, { url: 'https://other.example/' }, { headers: { 'If-Match': '*' } });
    expect(moved).toBeProblem(400, 'invalid');
    const [rows] = await api.sql`
      select (select string_agg(a::text, ' ') from audit a) || (select coalesce(string_agg(r::text, ' '), '') from request_log r)
        || (select string_agg(g::text, ' ') from payment_gateways g) as text`;
    for (const secret of [sandboxKey, sandboxSecret]) expect(rows?.text).not.toContain(secret);
  });
});
