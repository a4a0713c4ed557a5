import { t } from '../../i18n/t';
import type { FieldError } from '../checks';

/** E.164, as the service checks it. */
const phone = /^\+[1-9]\d{6,14}$/;

/** Without the signs that people put between digits: `+380 (50) 123-45-67` becomes `+380501234567`. */
export function plainPhone(typed: string): string {
  return typed.replace(/[\s().\u2010-\u2015-]/gu, '');
}

/** Null: it is a phone number, or the channel needs none. */
export function phoneError(address: string | null): FieldError {
  return address === null || phone.test(address) ? null : t('form.channels.phoneError');
}
