/** What can be wrong with card payments, as part of `problemSpecs`. */
export const paymentProblems = {
  auto_payment_no_threshold: {
    status: 422,
    title: 'Threshold missing',
    remedy: 'Set `autoPaymentThreshold` or `lowBalanceThreshold`, or the client threshold of the profile.',
  },
  auto_payment_no_card: {
    status: 409,
    title: 'No card on file',
    remedy: 'Register a card first: POST /v1/clients/{id}/card-registrations, or in the client panel.',
  },
  auto_payment_in_flight: {
    status: 409,
    title: 'Card payment in progress',
    remedy: 'Wait for its outcome: GET /v1/clients/{id}/card-payments shows it.',
  },
  auto_payment_not_frozen: {
    status: 409,
    title: 'Auto payment not frozen',
    remedy: 'Read the auto payment of the client again. Only a frozen one can be unfrozen.',
  },
  card_expired: { status: 422, title: 'Card expired', remedy: 'Register another card.' },
  card_not_entered: {
    status: 409,
    title: 'Card not entered',
    remedy: 'Enter the card in the form of the gateway, then finish the registration. A form is valid for 1 hour.',
  },
  no_gateway: {
    status: 409,
    title: 'No payment gateway',
    remedy: 'Create a payment gateway for the reseller, or enable the one that it has.',
  },
  gateway_unavailable: {
    status: 502,
    title: 'Payment gateway failed',
    remedy: 'Check the settings of the payment gateway and retry. Nothing was changed.',
  },
} as const;
