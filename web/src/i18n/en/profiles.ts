import type { Dictionary } from '../text';

export const profiles = {} as const satisfies Dictionary;
