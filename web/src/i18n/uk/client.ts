import type { client as english } from '../en/client';
import type { Translation } from '../text';

export const client: Translation<typeof english> = {};
