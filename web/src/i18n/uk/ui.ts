import type { ui as english } from '../en/ui';
import type { Translation } from '../text';

export const ui: Translation<typeof english> = {};
