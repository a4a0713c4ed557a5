import type { me as english } from '../en/me';
import type { Translation } from '../text';

export const me: Translation<typeof english> = {};
