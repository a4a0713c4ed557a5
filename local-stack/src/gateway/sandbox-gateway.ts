import { createHmac, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import type { TransactionState } from '../../../src/domain/payments/gateway.js';
import { answerAuthorizeNet } from './sandbox-authorize-net.js';
import { answerChannel } from './sandbox-channels.js';
import { SandboxState, testCards, type SandboxTransaction } from './sandbox-state.js';

/**
 * A payment gateway to try Lowwater with, and for tests: it speaks the JSON contract of docs/payment-gateways.md under
 * `/v1`, and Authorize.net's at `/xml/v1/request.api`. It has no real cards; the test cards of its form are declined, held,
 * or lose their answers. Under `/channels`, it receives what Lowwater sends to Slack and phones.
 */
export interface SandboxGateway {
  /** of the JSON contract */
  readonly url: string;
  readonly authorizeNetUrl: string;
  readonly state: SandboxState;
  /** Where its webhooks go, each signed with the secret. */
  sendWebhooksTo(url: string, secret: string, style?: 'standard' | 'authorize_net'): void;
  /** Changes the state of a transaction, and sends its webhook. Resolves with the statuses of the responses. */
  settle(transactionId: string, state: TransactionState): Promise<number>;
  /** Sends the webhook of a transaction once more. */
  notify(transactionId: string, messageId?: string): Promise<number>;
  stop(): Promise<void>;
}

interface SandboxOptions {
  readonly port: number;
  readonly apiKey: string;
}

export async function startSandboxGateway({ port, apiKey }: SandboxOptions): Promise<SandboxGateway> {
  const state = new SandboxState();
  let webhook: { readonly url: string; readonly secret: string; readonly style: string } | null = null;
  const server = createServer((request, response) => {
    answer(state, apiKey, request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function notify(transactionId: string, messageId: string = randomUUID()): Promise<number> {
    if (!webhook) return 0;
    const { url, secret, style } = webhook;
    const { body, headers } = signed(style, secret, transactionId, messageId);
    const { status } = await fetch(url, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', ...headers },
    });
    return status;
  }

  return {
    url: `${base}/v1`,
    authorizeNetUrl: `${base}/xml/v1/request.api`,
    state,
    sendWebhooksTo(url, secret, style = 'standard') {
      webhook = { url, secret, style };
    },
    notify,
    settle(transactionId, standing) {
      const transaction = state.transactions.get(transactionId);
      if (!transaction) throw new Error(`there is no transaction ${transactionId}`);
      transaction.state = standing;
      if (standing !== 'declined') transaction.decline = null;
      return notify(transactionId);
    },
    async stop() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function signed(
  style: string,
  secret: string,
  transactionId: string,
  messageId: string,
): { readonly body: string; readonly headers: Record<string, string> } {
  if (style === 'authorize_net') {
    const body = JSON.stringify({
      notificationId: messageId,
      eventType: 'net.authorize.payment.authcapture.created',
      payload: { entityName: 'transaction', id: transactionId },
    });
    const hash = createHmac('sha512', secret).update(body).digest('hex').toUpperCase();
    return { body, headers: { 'x-anet-signature': `sha512=${hash}` } };
  }
  const body = JSON.stringify({ type: 'transaction.updated', transactionId });
  const sentAt = new Date();
  return {
    body,
    headers: {
      'webhook-id': messageId,
      'webhook-timestamp': String(Math.floor(sentAt.getTime() / 1000)),
      'webhook-signature': new Webhook(secret).sign(messageId, sentAt, body),
    },
  };
}

async function answer(
  state: SandboxState,
  apiKey: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://sandbox');
  const text = await textOf(request);
  const base = `http://${request.headers.host ?? ''}`;
  if (url.pathname === '/customer/manage' || url.pathname.startsWith('/form/'))
    return form(state, request, url, text, response);
  if (url.pathname === '/xml/v1/request.api') {
    const body = answerAuthorizeNet(state, apiKey, JSON.parse(text) as Record<string, unknown>);
    // Its answers begin with a byte order mark.
    return body ? send(response, 200, 'application/json', `\uFEFF${JSON.stringify(body)}`) : void response.destroy();
  }
  if (url.pathname.startsWith('/channels/')) {
    const { status, type, text: reply } = answerChannel(url.pathname, request.headers.authorization, apiKey);
    return send(response, status, type, reply);
  }
  if (request.headers.authorization !== `Bearer ${apiKey}`) return json(response, 401, {});
  contract(state, base, request.method ?? 'GET', url, text, response);
}

/** The JSON contract. */
function contract(
  state: SandboxState,
  base: string,
  method: string,
  url: URL,
  text: string,
  response: ServerResponse,
): void {
  const [, , kind = '', id = '', , card = ''] = url.pathname.split('/').map(decodeURIComponent);
  const body = (text === '' ? {} : JSON.parse(text)) as Record<string, string>;
  if (kind === 'charges' && method === 'POST') {
    const { key = '', amount = '', currency = '', paymentProfileId = '' } = body;
    const made = state.charge({ key, amount, currency, paymentProfileId });
    if (!made.answer) return void response.destroy();
    return json(response, made.transaction ? 200 : 404, made.transaction ? view(made.transaction) : {});
  }
  if (kind === 'charges') {
    const found = id === '' ? state.byKey(url.searchParams.get('key') ?? '') : (state.transactions.get(id) ?? null);
    return json(response, found ? 200 : 404, found ? view(found) : {});
  }
  if (kind === 'card-registrations' && method === 'POST') {
    const { customer = '', returnUrl = '' } = body;
    const registration = state.register(customer, returnUrl);
    return json(response, 201, { id: registration.id, url: `${base}/form/${registration.id}` });
  }
  if (kind === 'card-registrations') {
    const found = state.registrations.get(id);
    return json(response, found ? 200 : 404, { card: found?.card ?? null });
  }
  if (kind === 'customers' && method === 'DELETE') return json(response, state.cards.delete(card) ? 204 : 404, null);
  json(response, 404, {});
}

function view({ id, key, state, amount, currency, decline }: SandboxTransaction): object {
  return { id, key, status: state, amount, currency, decline };
}

/** The page in which a test card is chosen. */
function form(state: SandboxState, request: IncomingMessage, url: URL, text: string, response: ServerResponse): void {
  const posted = new URLSearchParams(text);
  const registration = state.registrations.get(posted.get('token') ?? url.pathname.split('/')[2] ?? '');
  if (!registration)
    return send(response, 404, 'text/html', '<!doctype html><title>Sandbox</title><p>Form not found</p>');
  const chosen = posted.get('card');
  if (request.method === 'POST' && chosen !== null) {
    state.enterCard(registration, chosen);
    response.writeHead(303, { location: registration.returnUrl }).end();
    return;
  }
  const cards = Object.entries(testCards).map(
    ([last4, { title }], index) =>
      `<label><input type="radio" name="card" value="${last4}"${index === 0 ? ' checked' : ''}> Visa ending in ${last4}: ${title}</label><br>`,
  );
  send(
    response,
    200,
    'text/html',
    `<!doctype html><html lang="en"><title>Sandbox gateway</title><main><h1>Test card</h1><p>No real card is entered here.</p>` +
      `<form method="post" action="/form/${registration.id}"><fieldset><legend>Card</legend>${cards.join('')}</fieldset>` +
      `<button>Save card</button></form></main></html>`,
  );
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

function json(response: ServerResponse, status: number, body: object | null): void {
  send(response, status, 'application/json', body === null ? '' : JSON.stringify(body));
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { 'content-type': `${type}; charset=utf-8` }).end(body);
}
