import type { Dictionary } from '../text';

export const settings = {} as const satisfies Dictionary;
