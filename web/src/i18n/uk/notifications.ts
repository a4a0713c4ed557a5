import type { notifications as english } from '../en/notifications';
import type { Translation } from '../text';

export const notifications: Translation<typeof english> = {};
