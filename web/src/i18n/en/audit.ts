import type { Dictionary } from '../text';

export const audit = {} as const satisfies Dictionary;
