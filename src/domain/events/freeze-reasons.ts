/** Why automatic payments are frozen, by the code in `reason`. */
export const freezeTexts: Readonly<Record<string, string>> = {
  declined: '4 declines in a row',
  hard_decline: 'the card must not be charged again',
  chargeback: 'chargeback',
  unknown: 'the outcome of a charge is not known',
  staff: 'frozen by staff',
};
