import type { overview as english } from '../en/overview';
import type { Translation } from '../text';

export const overview: Translation<typeof english> = {};
