import type { GatewayKind } from '../../domain/payments/gateway.js';
import { DomainError } from '../../domain/errors.js';
import { sqlStateOf, sqlStates, type Queries, type Transaction } from '../system/database.js';
import type { ListQuery } from '../system/paging.js';
import { visibleReseller } from '../system/tenancy.js';

/** A payment gateway of a reseller. Its secrets are sealed and never leave this row readable. */
export interface PaymentGatewayRow {
  readonly id: string;
  readonly resellerId: string;
  readonly name: string;
  readonly kind: GatewayKind;
  readonly url: string;
  readonly login: string;
  /** what it charges in */
  readonly currency: string;
  readonly hasWebhookSecret: boolean;
  /** the last part of the address of its webhooks */
  readonly hook: string;
  readonly active: boolean;
  readonly version: number;
  readonly createdAt: Date;
}

export interface SealedGateway extends PaymentGatewayRow {
  readonly apiKey: Uint8Array;
  readonly webhookSecret: Uint8Array | null;
  readonly secretPlace: string;
}

export interface GatewayFields {
  readonly name: string;
  readonly kind: GatewayKind;
  readonly url: string;
  readonly login: string;
  readonly currency: string;
  readonly active: boolean;
}

/** What is sealed; `webhookSecret` null: it sends no webhooks. */
interface SealedSecrets {
  readonly apiKey: Uint8Array;
  readonly webhookSecret: Uint8Array | null;
}

/** @throws DomainError `already_exists`: the reseller has a gateway */
export async function insertPaymentGateway(
  tx: Transaction,
  gateway: GatewayFields &
    SealedSecrets & { readonly resellerId: string; readonly secretPlace: string; readonly hook: string },
): Promise<PaymentGatewayRow> {
  const { resellerId, name, kind, url, login, currency, active, apiKey, webhookSecret, secretPlace, hook } = gateway;
  try {
    const [row] = await tx.savepoint(
      (inner) => inner<PaymentGatewayRow[]>`
        insert into payment_gateways as g
          (reseller_id, name, kind, url, login, currency, active, api_key, webhook_secret, secret_place, hook)
        values (${resellerId}, ${name}, ${kind}, ${url}, ${login}, ${currency}, ${active}, ${bytes(apiKey)},
          ${webhookSecret && bytes(webhookSecret)}, ${secretPlace}, ${hook})
        returning ${columns(inner)}`,
    );
    return required(row);
  } catch (error) {
    if (sqlStateOf(error) !== sqlStates.uniqueViolation) throw error;
    throw new DomainError('already_exists', 'the reseller has a payment gateway: edit that one', '/resellerId');
  }
}

export async function updatePaymentGateway(
  tx: Transaction,
  id: string,
  { name, kind, url, login, currency, active, apiKey, webhookSecret }: GatewayFields & SealedSecrets,
): Promise<PaymentGatewayRow> {
  const [row] = await tx<PaymentGatewayRow[]>`
    update payment_gateways g set name = ${name}, kind = ${kind}, url = ${url}, login = ${login}, currency = ${currency},
      active = ${active}, api_key = ${bytes(apiKey)}, webhook_secret = ${webhookSecret && bytes(webhookSecret)},
      version = g.version + 1
    where g.id = ${id} returning ${columns(tx)}`;
  return required(row);
}

/** @throws DomainError `in_use` while cards or payments are with it */
export async function deletePaymentGatewayRow(tx: Transaction, id: string): Promise<void> {
  const [used] = await tx`
    select 1 from auto_payments where gateway_id = ${id} and payment_profile_id is not null
    union all
    select 1 from card_payments where gateway_id = ${id} and ended_at is null limit 1`;
  if (used) {
    throw new DomainError(
      'in_use',
      'clients have their cards at this gateway: remove the cards first, or disable the gateway',
    );
  }
  await tx`delete from card_registrations where gateway_id = ${id}`;
  await tx`update auto_payments set gateway_id = null where gateway_id = ${id}`;
  await tx`delete from payment_gateways where id = ${id}`;
}

export async function findPaymentGateway(
  q: Queries,
  resellerId: string,
  id: string,
): Promise<PaymentGatewayRow | null> {
  const [row] = await q<PaymentGatewayRow[]>`
    select ${columns(q)} from payment_gateways g
    where g.id = ${id} and ${visibleReseller(q, q`g.reseller_id`, resellerId)}`;
  return row ?? null;
}

export async function lockPaymentGateway(
  tx: Transaction,
  resellerId: string,
  id: string,
): Promise<SealedGateway | null> {
  const [row] = await tx<SealedGateway[]>`
    select ${sealedColumns(tx)} from payment_gateways g
    where g.id = ${id} and ${visibleReseller(tx, tx`g.reseller_id`, resellerId)} for update`;
  return row ?? null;
}

/** Whatever the scope lists: a client's card may be at a gateway of a reseller above. */
export async function readSealedGateway(q: Queries, id: string): Promise<SealedGateway | null> {
  const [row] = await q<SealedGateway[]>`select ${sealedColumns(q)} from payment_gateways g where g.id = ${id}`;
  return row ?? null;
}

/** For a message that came in; null: there is none at this address. */
export async function gatewayByHook(q: Queries, hook: string): Promise<SealedGateway | null> {
  const [row] = await q<SealedGateway[]>`select ${sealedColumns(q)} from payment_gateways g where g.hook = ${hook}`;
  return row ?? null;
}

/** The active gateway of the client's reseller, or of the nearest one above it that has one; null: there is none. */
export async function gatewayOfClient(q: Queries, clientId: string): Promise<SealedGateway | null> {
  const [row] = await q<SealedGateway[]>`
    select ${sealedColumns(q)}
    from clients c join resellers r on r.id = c.reseller_id
    join payment_gateways g on g.reseller_id = any (r.path) and g.active
    where c.id = ${clientId}
    order by array_position(r.path, g.reseller_id) desc limit 1`;
  return row ?? null;
}

export function paymentGatewayList(q: Queries, resellerId: string): ListQuery<PaymentGatewayRow, 'name' | 'createdAt'> {
  const where = visibleReseller(q, q`g.reseller_id`, resellerId);
  return {
    columns: {
      id: { expression: q`g.id`, type: 'bigint' },
      name: { expression: q`g.name`, type: 'text' },
      createdAt: { expression: q`g.created_at`, type: 'timestamptz' },
    },
    select: ({ within, orderBy, limit, position }) => q`
      select ${columns(q)}, ${position} as position from payment_gateways g
      where ${where} and ${within} order by ${orderBy} limit ${limit}`,
    count: () => q`select count(*)::int as total from payment_gateways g where ${where}`,
  };
}

/**
 * Notes that a message was carried out.
 *
 * @returns false: it was before
 */
export async function noteGatewayMessage(tx: Transaction, gatewayId: string, messageId: string): Promise<boolean> {
  const { count } = await tx`
    insert into gateway_messages (gateway_id, message_id) values (${gatewayId}, ${messageId}) on conflict do nothing`;
  return count > 0;
}

export async function isGatewayMessageKnown(q: Queries, gatewayId: string, messageId: string): Promise<boolean> {
  const [row] = await q`
    select 1 from gateway_messages where gateway_id = ${gatewayId} and message_id = ${messageId}`;
  return row !== undefined;
}

function required<T>(row: T | undefined): T {
  if (!row) throw new TypeError('a written row is returned');
  return row;
}

function bytes(sealed: Uint8Array): Buffer {
  return Buffer.from(sealed);
}

function columns(q: Queries): ReturnType<Queries> {
  return q`g.id, g.reseller_id as "resellerId", g.name, g.kind, g.url, g.login, g.currency,
    g.webhook_secret is not null as "hasWebhookSecret", g.hook, g.active, g.version, g.created_at as "createdAt"`;
}

function sealedColumns(q: Queries): ReturnType<Queries> {
  return q`${columns(q)}, g.api_key as "apiKey", g.webhook_secret as "webhookSecret", g.secret_place as "secretPlace"`;
}
