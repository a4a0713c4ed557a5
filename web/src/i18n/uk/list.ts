import type { list as english } from '../en/list';
import type { Translation } from '../text';

export const list: Translation<typeof english> = {};
