import type { rates as english } from '../en/rates';
import type { Translation } from '../text';

export const rates: Translation<typeof english> = {};
