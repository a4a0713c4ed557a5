import type { audit as english } from '../en/audit';
import type { Translation } from '../text';

export const audit: Translation<typeof english> = {};
