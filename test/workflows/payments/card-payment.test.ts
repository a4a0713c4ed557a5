import { randomBytes } from 'node:crypto';
import { startCardPaymentStarter } from '../../../src/activities/payments/card-payment-starter.js';
import { cardPaymentWorkflowId } from '../../../src/contract/ids.js';
import type { CardProfile } from '../../../src/domain/payments/gateway.js';
import { gatewayConnector } from '../../../src/gateways/connect-gateway.js';
import { nullLogger } from '../../../src/observability/logger.js';
import { payNow } from '../../../src/services/payments/charges/pay-now.js';
import { prepareCharge } from '../../../src/services/payments/charges/prepare-charge.js';
import { createPaymentGateway } from '../../../src/services/payments/gateways/create-payment-gateway.js';
import { createSecretCipher } from '../../../src/storage/access/secret-encryption.js';
import { lockPayer, setCard } from '../../../src/storage/payments/auto-payments.js';
import { readCardPayment } from '../../../src/storage/payments/card-payments.js';
import { writeAutoPayment } from '../../../src/storage/payments/decided-payment.js';
import { startSandboxGateway, type SandboxGateway } from '../../../local-stack/src/gateway/sandbox-gateway.js';
import { operatorId } from '../../support/data/clients.js';
import { requesterAt } from '../../support/data/requester.js';
import { startMonitorHarness, type MonitorHarness } from '../../support/monitoring/monitor-harness.js';

/** The workflow that charges a card, on the time-skipping server, with the sandbox gateway: whatever fails, once. */
jest.setTimeout(120_000);

const apiKey = 'sandbox-key-6190';

let harness: MonitorHarness;
let sandbox: SandboxGateway;
let gatewayId: string;
let starter: Awaited<ReturnType<typeof startCardPaymentStarter>>;

beforeAll(async () => {
  const cipher = createSecretCipher(randomBytes(32).toString('base64'));
  sandbox = await startSandboxGateway({ port: 0, apiKey });
  const connect = gatewayConnector({ allowLoopback: true, userAgent: 'tests', timeoutMs: 2000 });
  harness = await startMonitorHarness({ cachedWorkflows: 0, gateways: { cipher, connect } });
  const { sql, deps } = harness;
  const gateway = await createPaymentGateway(requesterAt(sql), cipher, {
    ...{ name: 'Sandbox', kind: 'http', url: sandbox.url, login: '', currency: 'USD', active: true },
    ...{ resellerId: operatorId, apiKey, webhookSecret: null },
  });
  gatewayId = gateway.id;
  starter = await startCardPaymentStarter({ sql, actions: deps.actions, logger: nullLogger });
}, 60_000);
afterAll(async () => {
  await starter?.stop();
  await harness?.stop();
  await sandbox?.stop();
});

interface PaymentRow {
  readonly id: string;
  readonly key: string;
  readonly status: string;
  readonly sends: number;
}

interface Payer {
  readonly id: string;
  readonly card: CardProfile;
}

/** A client whose balance is 0 and whose card does what the sandbox says of its last digits. */
async function payer(last4: string): Promise<Payer> {
  const id = await harness.createClient({ profile: null });
  const card = sandbox.state.enterCard(sandbox.state.register(`client-${id}`, 'https://a.example/'), last4);
  await harness.sql`
    update clients set auto_payment = true, auto_payment_threshold = 50, auto_payment_extra_amount = 100 where id = ${id}`;
  const now = await harness.now();
  await harness.sql.begin(async (tx) => {
    const row = await lockPayer(tx, operatorId, id, now);
    if (row) await setCard(tx, row, gatewayId, card, new Date(now));
  });
  return { id, card };
}

/** The client's bank changes its mind. */
function cardBecomes({ card }: Payer, last4: string): void {
  const held = sandbox.state.cards.get(card.paymentProfileId);
  if (held) sandbox.state.cards.set(card.paymentProfileId, { ...held, last4 });
}

async function pay({ id }: Payer, requestId = `pay-${id}`): Promise<string> {
  const requester = requesterAt(harness.sql, await harness.now());
  return (await payNow(requester, id, { amount: '25.00', requestId })).row.id;
}

/** What the monitor of a client that is low decides, once per episode. */
async function decide({ id }: Payer): Promise<void> {
  const at = await harness.now();
  const decision = { kind: 'charge', episode: 1, number: 1, available: '0', threshold: '50' } as const;
  await harness.sql.begin((tx) => writeAutoPayment(tx, id, at, decision));
}

function payments({ id }: Payer): Promise<PaymentRow[]> {
  return harness.sql<PaymentRow[]>`
    select id, key, status, sends from card_payments where client_id = ${id} order by id`;
}

function statuses(client: Payer, ...wanted: readonly string[]): Promise<PaymentRow[]> {
  return harness.eventually(
    () => payments(client),
    (rows) => rows.map(({ status }) => status).join() === wanted.join(),
  );
}

async function live({ id }: Payer): Promise<string> {
  const [row] = await harness.sql<{ live: string }[]>`
    select trim_scale(live)::text as live from balances where client_id = ${id}`;
  return row?.live ?? '';
}

/** Waits for the end of a payment's workflow. Its result is not awaited: that lets years pass on the server. */
function ended(id: string): Promise<unknown> {
  const handle = harness.env.client.workflow.getHandle(cardPaymentWorkflowId(id));
  return harness.eventually(
    () => handle.describe(),
    ({ status }) => status.name === 'COMPLETED',
  );
}

/** Lets minutes pass until the payments of a client have these statuses. */
async function afterMinutes(client: Payer, ...wanted: readonly string[]): Promise<PaymentRow[]> {
  for (let minute = 0; minute < 40; minute += 1) {
    const rows = await payments(client);
    if (rows.map(({ status }) => status).join() === wanted.join()) return rows;
    await harness.pass('1 minute');
  }
  return statuses(client, ...wanted);
}
const charged = (key: string): number => sandbox.state.charges.filter((one) => one === key).length;
const made = (key: string): number => [...sandbox.state.transactions.values()].filter((one) => one.key === key).length;
function emails({ id }: Payer, ...wanted: readonly string[]): Promise<string[]> {
  return harness.eventually(
    () => harness.mails(id),
    (found) => found.join() === wanted.join(),
  );
}

test('an accepted card is charged once, and the payment counts once', async () => {
  const client = await payer('1111');
  const id = await pay(client);
  expect(await pay(client)).toBe(id);
  const [row] = await statuses(client, 'approved');
  await ended(id);
  expect(await live(client)).toBe('25');
  expect(charged(row?.key ?? '')).toBe(1);
});

test('a card that is declined for good is not charged again, and the client learns of it', async () => {
  const client = await payer('0004');
  await decide(client);
  const [row] = await statuses(client, 'declined');
  await ended(row?.id ?? '');
  await harness.pass('8 days');
  expect(await payments(client)).toHaveLength(1);
  expect(charged(row?.key ?? '')).toBe(1);
  expect(await live(client)).toBe('0');
  const [frozen] = await harness.sql`select frozen_reason from auto_payments where client_id = ${client.id}`;
  expect(frozen).toEqual({ frozen_reason: 'hard_decline' });
  await emails(client, 'auto_payment_frozen 1 accepted');
});

test('a card that is declined for now is tried again a day later, under another key', async () => {
  const client = await payer('0002');
  await decide(client);
  const [first] = await statuses(client, 'declined', 'waiting');
  await ended(first?.id ?? '');
  cardBecomes(client, '1111');
  await harness.pass('23 hours');
  await statuses(client, 'declined', 'waiting');
  await harness.pass('2 hours');
  const [declined, approved] = await statuses(client, 'declined', 'approved');
  expect(declined?.key).not.toBe(approved?.key);
  expect([charged(declined?.key ?? ''), charged(approved?.key ?? '')]).toEqual([1, 1]);
  expect(await live(client)).toBe('100');
  await emails(client, 'auto_payment_declined 1 accepted');
});

test('a charge whose answer is lost is looked up, and not sent again', async () => {
  const client = await payer('0408');
  const id = await pay(client);
  await statuses(client, 'charging');
  const [row] = await afterMinutes(client, 'approved');
  await ended(id);
  expect(charged(row?.key ?? '')).toBe(1);
  expect(await live(client)).toBe('25');
});

test('a charge that never arrived is sent once more under its key, after two look-ups', async () => {
  const client = await payer('0504');
  const id = await pay(client);
  await statuses(client, 'charging');
  cardBecomes(client, '1111');
  const [row] = await afterMinutes(client, 'approved');
  await ended(id);
  expect(row?.sends).toBe(2);
  expect(made(row?.key ?? '')).toBe(1);
  expect(await live(client)).toBe('25');
});

test('what no look-up can say stays unknown, and nothing more is charged', async () => {
  const client = await payer('0504');
  const id = await pay(client);
  await statuses(client, 'charging');
  const [row] = await afterMinutes(client, 'unknown');
  await ended(id);
  expect([row?.sends, made(row?.key ?? '')]).toEqual([2, 0]);
  expect(await live(client)).toBe('0');
  const [frozen] = await harness.sql`select frozen_reason from auto_payments where client_id = ${client.id}`;
  expect(frozen).toEqual({ frozen_reason: 'unknown' });
});

test('a worker that dies between claiming a charge and sending it leaves one charge', async () => {
  await starter.stop();
  const client = await payer('1111');
  const id = await pay(client);
  const row = await readCardPayment(harness.sql, id);
  if (!row) throw new Error('the payment was not written');
  // All that is left of the worker that died.
  expect(await prepareCharge(requesterAt(harness.sql, await harness.now()), row)).toBe(true);
  starter = await startCardPaymentStarter({ sql: harness.sql, actions: harness.deps.actions, logger: nullLogger });
  await harness.eventually(
    async () => (await readCardPayment(harness.sql, id))?.misses ?? 0,
    (misses) => misses > 0,
  );
  await afterMinutes(client, 'approved');
  await ended(id);
  expect([charged(row.key), made(row.key)]).toEqual([1, 1]);
  expect(await live(client)).toBe('25');
});

test('a worker that dies after the charge, before it says so, leaves one charge', async () => {
  const client = await payer('1111');
  const gate = harness.gates.arm('advanceCardPayment', 'after');
  const id = await pay(client);
  await gate.reached;
  const stopping = harness.stopWorkers();
  gate.break();
  await stopping;
  await harness.startWorkers();
  const [row] = await statuses(client, 'approved');
  await ended(id);
  expect([charged(row?.key ?? ''), made(row?.key ?? '')]).toEqual([1, 1]);
  expect(await live(client)).toBe('25');
});
