import { createHash } from 'node:crypto';
import {
  GatewayUnavailable,
  type CardProfile,
  type GatewayConnection,
  type GatewayTransaction,
  type PaymentGateway,
} from '../../domain/payments/gateway.js';
import type { GatewayHttp } from '../json-request.js';
import { authorizeNetApi, AuthorizeNetError, type AuthorizeNetApi } from './api.js';
import { cardOfProfile, customerProfile, hostedPage, newProfile, profileIdInText } from './profiles.js';
import { readAuthorizeNetEvent } from './signature.js';
import {
  chargeResponse,
  detailsResponse,
  listResponse,
  transactionOfCharge,
  transactionOfDetails,
} from './transactions.js';

/**
 * Authorize.net behind the port: its JSON API, whose elements have a fixed order. It has no idempotency keys: the key of a
 * charge is its invoice number, by which it is found when the answer was lost.
 */

/** Repeats of a charge that Authorize.net itself rejects, in seconds. */
const duplicateWindowSeconds = '120';
const maxListed = 1000;

export function authorizeNetGateway(connection: GatewayConnection, options: GatewayHttp): PaymentGateway {
  const api = authorizeNetApi(connection, options);
  return {
    async charge({ key, amount, currency, card }) {
      const reference = referenceOf(key);
      const body = await api.call(
        'createTransactionRequest',
        {
          refId: reference,
          transactionRequest: {
            transactionType: 'authCaptureTransaction',
            amount,
            currencyCode: currency,
            profile: {
              customerProfileId: card.customerProfileId,
              paymentProfile: { paymentProfileId: card.paymentProfileId },
            },
            order: { invoiceNumber: reference, description: 'Balance refill' },
            transactionSettings: {
              setting: [{ settingName: 'duplicateWindow', settingValue: duplicateWindowSeconds }],
            },
          },
        },
        chargeResponse,
        // A declined transaction is an error of the request, with its reasons.
        { acceptsErrors: ({ transactionResponse }) => transactionResponse !== undefined },
      );
      return transactionOfCharge(body, { key, amount, currency });
    },
    lookUp: async ({ key, transactionId, card }) => {
      const id = transactionId ?? (await findByReference(api, referenceOf(key), card));
      const found = id === null ? null : await readDetails(api, id);
      return found && { ...found, key };
    },
    readTransaction: (id) => readDetails(api, id),
    async startRegistration({ customer, returnUrl }) {
      const customerProfileId = await requireProfile(api, customer);
      const { token } = await api.call(
        'getHostedProfilePageRequest',
        {
          customerProfileId,
          hostedProfileSettings: {
            setting: [
              { settingName: 'hostedProfileReturnUrl', settingValue: returnUrl },
              { settingName: 'hostedProfileReturnUrlText', settingValue: 'Continue' },
              { settingName: 'hostedProfileManageOptions', settingValue: 'showPayment' },
            ],
          },
        },
        hostedPage,
      );
      return { url: pageUrl(connection.url), method: 'POST', fields: { token }, reference: customerProfileId };
    },
    async finishRegistration(reference) {
      const { profile } = await api.call(
        'getCustomerProfileRequest',
        { customerProfileId: reference, unmaskExpirationDate: 'true' },
        customerProfile,
      );
      return cardOfProfile(profile);
    },
    async deleteCard({ customerProfileId, paymentProfileId }) {
      try {
        await api.call('deleteCustomerPaymentProfileRequest', {
          customerProfileId,
          customerPaymentProfileId: paymentProfileId,
        });
      } catch (error) {
        // E00040: the record is not there.
        if (!(error instanceof AuthorizeNetError && error.code === 'E00040')) throw error;
      }
    },
    readEvent: (headers, body) => readAuthorizeNetEvent(connection.webhookSecret, headers, body),
  };
}

/** An invoice number has up to 20 characters. A longer key is shortened to its hash. */
export function referenceOf(key: string): string {
  if (key.length <= 20) return key;
  return `x${createHash('sha256').update(key).digest('hex').slice(0, 19)}`;
}

/** Accept's page of the environment whose API is called; another host, as a stand-in, has it under its own name. */
function pageUrl(apiUrl: string): string {
  const { hostname } = new URL(apiUrl);
  if (hostname === 'api.authorize.net' || hostname === 'api2.authorize.net')
    return 'https://accept.authorize.net/customer/manage';
  if (hostname === 'apitest.authorize.net') return 'https://test.authorize.net/customer/manage';
  return new URL('/customer/manage', apiUrl).toString();
}

/** Of the transactions that are not settled yet, then of all of the customer, newest first; null: none has it. */
async function findByReference(api: AuthorizeNetApi, reference: string, card: CardProfile): Promise<string | null> {
  const newest = {
    sorting: { orderBy: 'submitTimeUTC', orderDescending: 'true' },
    paging: { limit: String(maxListed), offset: '1' },
  };
  const unsettled = await api.call('getUnsettledTransactionListRequest', newest, listResponse);
  const inUnsettled = unsettled.transactions?.find(({ invoiceNumber }) => invoiceNumber === reference);
  if (inUnsettled) return inUnsettled.transId;
  try {
    const all = await api.call(
      'getTransactionListForCustomerRequest',
      { customerProfileId: card.customerProfileId, ...newest },
      listResponse,
    );
    return all.transactions?.find(({ invoiceNumber }) => invoiceNumber === reference)?.transId ?? null;
  } catch (error) {
    // E00040: the customer has no transactions.
    if (error instanceof AuthorizeNetError && error.code === 'E00040') return null;
    throw error;
  }
}

async function readDetails(api: AuthorizeNetApi, transId: string): Promise<GatewayTransaction | null> {
  try {
    return transactionOfDetails(await api.call('getTransactionDetailsRequest', { transId }, detailsResponse));
  } catch (error) {
    if (error instanceof AuthorizeNetError && error.code === 'E00040') return null;
    throw error;
  }
}

/** The customer's profile; made when it is first needed. */
async function requireProfile(api: AuthorizeNetApi, customer: string): Promise<string> {
  try {
    const { customerProfileId } = await api.call(
      'createCustomerProfileRequest',
      { profile: { merchantCustomerId: customer } },
      newProfile,
    );
    return customerProfileId;
  } catch (error) {
    // E00039: there is one, whose ID the text says.
    const existing = error instanceof AuthorizeNetError && error.code === 'E00039' ? profileIdInText(error.text) : null;
    if (existing !== null) return existing;
    throw error instanceof AuthorizeNetError
      ? new GatewayUnavailable('the gateway has a profile of this client, and does not say which')
      : error;
  }
}
