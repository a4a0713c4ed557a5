import type { SandboxCard, SandboxState, SandboxTransaction } from './sandbox-state.js';

/** Authorize.net's JSON API, as far as Lowwater calls it; null: no answer is sent. */
export function answerAuthorizeNet(state: SandboxState, apiKey: string, body: Record<string, unknown>): object | null {
  const [name = '', content] = Object.entries(body)[0] ?? [];
  const request = content as Request;
  if (request.merchantAuthentication?.transactionKey !== apiKey) {
    return failed('E00007', 'User authentication failed due to invalid authentication values.');
  }
  const answer = requests[name];
  return answer ? answer(state, request) : failed('E00003', 'The element is not known.');
}

interface Request {
  readonly merchantAuthentication?: { readonly transactionKey?: string };
  readonly customerProfileId?: string;
  readonly customerPaymentProfileId?: string;
  readonly transId?: string;
  readonly profile?: { readonly merchantCustomerId?: string };
  readonly hostedProfileSettings?: { readonly setting: readonly { settingName: string; settingValue: string }[] };
  readonly transactionRequest?: {
    readonly amount: string;
    readonly currencyCode: string;
    readonly profile: {
      readonly customerProfileId: string;
      readonly paymentProfile: { readonly paymentProfileId: string };
    };
    readonly order: { readonly invoiceNumber: string };
  };
}

const ok = { resultCode: 'Ok', message: [{ code: 'I00001', text: 'Successful.' }] };
const failed = (code: string, text: string): object => ({
  messages: { resultCode: 'Error', message: [{ code, text }] },
});
const notFound = (): object => failed('E00040', 'The record cannot be found.');

const requests: Readonly<Record<string, (state: SandboxState, request: Request) => object | null>> = {
  createTransactionRequest(state, { transactionRequest: asked }) {
    if (!asked) return failed('E00003', 'transactionRequest is missing.');
    const key = asked.order.invoiceNumber;
    if (state.byKey(key)) {
      return {
        ...transactionAnswer('3', '0', [{ errorCode: '11', errorText: 'A duplicate transaction has been submitted.' }]),
        ...errorOf(),
      };
    }
    const { paymentProfileId } = asked.profile.paymentProfile;
    const made = state.charge({ key, amount: asked.amount, currency: asked.currencyCode, paymentProfileId });
    if (!made.answer) return null;
    if (!made.transaction) return notFound();
    const { id, state: standing, decline } = made.transaction;
    if (decline)
      return { ...transactionAnswer('2', id, [{ errorCode: decline.code, errorText: decline.message }]), messages: ok };
    return { ...transactionAnswer(standing === 'held' ? '4' : '1', id), messages: ok };
  },
  getTransactionDetailsRequest(state, { transId = '' }) {
    const found = state.transactions.get(transId);
    return found ? { transaction: details(found), messages: ok } : notFound();
  },
  getUnsettledTransactionListRequest: (state) => ({
    transactions: [...state.transactions.values()]
      .reverse()
      .map(({ id, key }) => ({ transId: id, invoiceNumber: key })),
    messages: ok,
  }),
  getTransactionListForCustomerRequest: (state, { customerProfileId }) => ({
    transactions: [...state.transactions.values()]
      .filter((one) => one.customerProfileId === customerProfileId)
      .map(({ id, key }) => ({ transId: id, invoiceNumber: key })),
    messages: ok,
  }),
  createCustomerProfileRequest(state, { profile }) {
    const customer = profile?.merchantCustomerId ?? '';
    const known = state.customers.get(customer);
    if (known) return failed('E00039', `A duplicate record with ID ${known} already exists.`);
    return { customerProfileId: state.customerOf(customer), messages: ok };
  },
  getHostedProfilePageRequest(state, { customerProfileId, hostedProfileSettings }) {
    const [customer] = [...state.customers].find(([, id]) => id === customerProfileId) ?? [];
    if (customer === undefined) return notFound();
    const returnUrl = hostedProfileSettings?.setting.find(
      ({ settingName }) => settingName === 'hostedProfileReturnUrl',
    );
    return { token: state.register(customer, returnUrl?.settingValue ?? '').id, messages: ok };
  },
  getCustomerProfileRequest: (state, { customerProfileId = '' }) => ({
    profile: { customerProfileId, paymentProfiles: state.cardsOf(customerProfileId).map(paymentProfile) },
    messages: ok,
  }),
  deleteCustomerPaymentProfileRequest: (state, { customerPaymentProfileId = '' }) =>
    state.cards.delete(customerPaymentProfileId) ? { messages: ok } : notFound(),
};

function transactionAnswer(responseCode: string, transId: string, errors?: readonly object[]): object {
  return { transactionResponse: { responseCode, transId, ...(errors && { errors }) } };
}

function errorOf(): object {
  return failed('E00027', 'The transaction was unsuccessful.');
}

function paymentProfile({ paymentProfileId, last4, brand, expires }: SandboxCard): object {
  return {
    customerPaymentProfileId: paymentProfileId,
    payment: { creditCard: { cardNumber: `XXXX${last4}`, expirationDate: expires, cardType: brand } },
  };
}

const statuses: Readonly<Record<string, string>> = {
  approved: 'capturedPendingSettlement',
  declined: 'declined',
  held: 'FDSPendingReview',
  charged_back: 'chargeback',
  returned: 'returnedItem',
  reinstated: 'chargebackReversal',
  voided: 'voided',
};

function details({ id, key, state, amount, decline }: SandboxTransaction): object {
  return {
    transId: id,
    transactionStatus: statuses[state],
    responseCode: state === 'declined' ? 2 : state === 'held' ? 4 : 1,
    responseReasonCode: decline ? Number(decline.code) : 1,
    responseReasonDescription: decline?.message ?? 'Approval',
    authAmount: Number(amount),
    order: { invoiceNumber: key },
  };
}
