import type { profiles as english } from '../en/profiles';
import type { Translation } from '../text';

export const profiles: Translation<typeof english> = {};
