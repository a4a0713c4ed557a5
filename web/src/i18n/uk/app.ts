import type { app as english } from '../en/app';
import type { Translation } from '../text';

export const app: Translation<typeof english> = {};
