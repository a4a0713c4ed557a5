import { firstOf, instantError, integerError, maxLength, required, type FieldError } from '../../../../form/checks';
import type { Pointer } from '../../../../form/pointer';
import { isKey, t } from '../../../../i18n/t';
import { textOrNull, type TableRate } from '../queries';

/** The fields of a rate as a form has them. */
export interface RateValues extends Record<string, unknown> {
  code: string;
  codeName: string;
  effectiveFrom: string;
  endsAt: string;
  rate: string;
  minVolume: number | string;
  interval: number | string;
  graceVolume: number | string;
  setupFee: string;
  timeProfile: string;
  policy: TableRate['policy'];
  status: TableRate['status'];
  tags: string[];
  notes: string;
  reason: string;
  /** also a rate of which clients were notified is changed */
  confirmNotified: boolean;
}

export const valuesOf = (rate: TableRate | null): RateValues => ({
  ...{
    code: rate?.code ?? '',
    codeName: rate?.codeName ?? '',
    rate: rate?.rate ?? '',
    setupFee: rate?.setupFee ?? '0',
  },
  ...{ effectiveFrom: rate?.effectiveFrom ?? '', endsAt: rate?.endsAt ?? '', timeProfile: rate?.timeProfile ?? 'all' },
  ...{ minVolume: rate?.minVolume ?? 1, interval: rate?.interval ?? 1, graceVolume: rate?.graceVolume ?? 0 },
  ...{ policy: rate?.policy ?? 'regular', status: rate?.status ?? 'active', tags: [...(rate?.tags ?? [])] },
  ...{ notes: rate?.notes ?? '', reason: '', confirmNotified: false },
});

const decimal = /^-?\d{1,9}(\.\d{1,6})?$/;
const maxVolume = 1_000_000;

export function rateError(text: string): FieldError {
  return firstOf(required(text), decimal.test(text.trim()) ? null : t('rateTables.number'));
}

export function rateErrors(values: RateValues): Readonly<Record<Pointer, FieldError>> {
  return {
    '#/code': firstOf(
      required(values.code),
      /^[0-9A-Za-z*#+]{1,32}$/.test(values.code.trim()) ? null : t('rateTables.codeError'),
    ),
    '#/codeName': maxLength(128, values.codeName),
    '#/effectiveFrom': firstOf(required(values.effectiveFrom), instantError(values.effectiveFrom)),
    '#/endsAt': instantError(values.endsAt),
    '#/rate': rateError(values.rate),
    '#/setupFee': firstOf(
      rateError(values.setupFee),
      values.setupFee.trim().startsWith('-') ? t('rateTables.positive') : null,
    ),
    '#/minVolume': integerError(values.minVolume, 1, maxVolume),
    '#/interval': integerError(values.interval, 1, maxVolume),
    '#/graceVolume': integerError(values.graceVolume, 0, maxVolume),
    '#/timeProfile': firstOf(required(values.timeProfile), maxLength(64, values.timeProfile)),
    '#/notes': maxLength(1000, values.notes),
  };
}

export function rateBody(values: RateValues) {
  return {
    ...{ code: values.code.trim(), codeName: textOrNull(values.codeName), rate: values.rate.trim() },
    ...{ effectiveFrom: values.effectiveFrom, endsAt: values.endsAt === '' ? null : values.endsAt },
    ...{ minVolume: Number(values.minVolume), interval: Number(values.interval) },
    ...{ graceVolume: Number(values.graceVolume), setupFee: values.setupFee.trim() },
    ...{ timeProfile: values.timeProfile.trim(), policy: values.policy, status: values.status },
    ...{ tags: values.tags, notes: textOrNull(values.notes) },
  };
}

/** Those that every table has. */
export const timeProfiles = ['all', 'business', 'non_business', 'weekends'] as const;

/** The four profiles that every table has, in words; a name of the operator's switch as it is. */
export function timeProfileText(name: string): string {
  const key = `rateTables.timeProfile.${name}`;
  return isKey(key) ? t(key) : name;
}
