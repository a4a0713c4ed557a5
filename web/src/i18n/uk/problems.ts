import type { problems as english } from '../en/problems';
import type { Translation } from '../text';

export const problems: Translation<typeof english> = {};
