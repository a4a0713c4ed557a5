import type { credit as english } from '../en/credit';
import type { Translation } from '../text';

export const credit: Translation<typeof english> = {};
