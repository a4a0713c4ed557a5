import type { clients as english } from '../en/clients';
import type { Translation } from '../text';

export const clients: Translation<typeof english> = {};
