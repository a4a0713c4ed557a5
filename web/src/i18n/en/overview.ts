import type { Dictionary } from '../text';

export const overview = {} as const satisfies Dictionary;
