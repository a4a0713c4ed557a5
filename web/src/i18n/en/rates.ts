import type { Dictionary } from '../text';

export const rates = {} as const satisfies Dictionary;
