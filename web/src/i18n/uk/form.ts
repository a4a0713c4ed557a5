import type { form as english } from '../en/form';
import type { Translation } from '../text';

export const form: Translation<typeof english> = {};
