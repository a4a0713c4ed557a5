import type { Dictionary } from '../text';

export const credit = {} as const satisfies Dictionary;
