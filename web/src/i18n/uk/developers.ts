import type { developers as english } from '../en/developers';
import type { Translation } from '../text';

export const developers: Translation<typeof english> = {};
