import { intlLocale } from '../../../i18n/language';
import { t } from '../../../i18n/t';
import { compareAmounts, moneyText, subtractAmounts } from '../../../ui/text/money-text';
import { moneyError } from '../../../form/checks';
import type { Client, ClientValues } from './client-values';

export interface Effect {
  readonly text: string;
  /** something that one may not have wanted */
  readonly isWarning: boolean;
}

/**
 * What saving would do beyond changing the fields: shown before it happens.
 *
 * @param profileName of the profile that is chosen; null: not known yet
 */
export function effectsOf(
  values: ClientValues,
  before: Client | null,
  profileName: string | null = null,
): readonly Effect[] {
  return [
    ...(before ? changesOf(values, before, profileName) : [info(t('clients.effect.new'))]),
    ...(values.balanceModel === 'unlimited' ? [info(t('clients.effect.unlimited'))] : []),
    ...recipientEffects(values),
    ...invoicingEffects(values),
  ];
}

const info = (text: string): Effect => ({ text, isWarning: false });
const warned = (text: string): Effect => ({ text, isWarning: true });

function changesOf(values: ClientValues, before: Client, profileName: string | null): readonly Effect[] {
  const effects: Effect[] = [];
  if (values.status === 'stop' && before.status === 'active') effects.push(warned(t('clients.effect.stop')));
  if (values.status === 'active' && before.status === 'stop') effects.push(info(t('clients.effect.active')));
  if (values.profileId !== (before.profileId ?? '')) {
    const isNone = values.profileId === '';
    const none = t('clients.effect.profile.none');
    const names = {
      before: before.profileName ?? none,
      after: isNone ? none : (profileName ?? `#${values.profileId}`),
    };
    const [change, consequence] = [
      t('clients.effect.profile', names),
      t(isNone ? 'clients.effect.noProfile' : 'clients.effect.profile.rules'),
    ];
    effects.push(isNone ? warned(`${change} ${consequence}`) : info(`${change} ${consequence}`));
  }
  if (values.currency !== before.currency) effects.push(warned(t('clients.effect.currency')));
  return [...effects, ...creditEffects(values, before)];
}

/** Another credit limit moves the available balance, perhaps across a threshold. */
function creditEffects(values: ClientValues, before: Client): readonly Effect[] {
  const { available } = before.balance;
  const isComparable =
    values.balanceModel !== 'unlimited' &&
    available !== null &&
    'amount' in available &&
    moneyError(values.creditLimit) === null;
  if (!isComparable || values.creditLimit === '' || compareAmounts(values.creditLimit, before.creditLimit) === 0) {
    return [];
  }
  // available − limit before + limit after
  const after = subtractAmounts(available.amount, subtractAmounts(before.creditLimit, values.creditLimit));
  const write = (amount: string): string => moneyText(amount, before.currency, intlLocale());
  const effects = [info(t('clients.effect.credit', { before: write(available.amount), after: write(after) }))];
  const threshold = before.nearestThreshold?.amount;
  if (threshold === undefined || values.profileId !== (before.profileId ?? '')) return effects;
  const [wasLow, isLow] = [available.amount, after].map((amount) => compareAmounts(amount, threshold) < 0);
  if (!wasLow && isLow) effects.push(warned(t('clients.effect.becomesLow', { threshold: write(threshold) })));
  if (wasLow && !isLow) effects.push(info(t('clients.effect.recovers', { threshold: write(threshold) })));
  return effects;
}

function recipientEffects({
  profileId,
  warningThresholds,
  billingEmail,
  notifyClient,
  notifyAdmin,
}: ClientValues): readonly Effect[] {
  const effects: Effect[] = [];
  const isMonitored = profileId !== '' || warningThresholds.length > 0 || notifyClient;
  if (isMonitored && billingEmail.trim() === '') effects.push(warned(t('clients.effect.noBillingEmail')));
  if (!isMonitored && !notifyAdmin) effects.push(warned(t('clients.effect.notNotified')));
  return effects;
}

/** Its template may have the payment terms. */
function invoicingEffects({ autoinvoicing, paymentTermsId, clientTemplateId }: ClientValues): readonly Effect[] {
  const lacksTerms = autoinvoicing && paymentTermsId === '' && clientTemplateId === '';
  return lacksTerms ? [warned(t('clients.effect.noPaymentTerms'))] : [];
}
