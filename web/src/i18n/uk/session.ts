import type { session as english } from '../en/session';
import type { Translation } from '../text';

export const session: Translation<typeof english> = {};
