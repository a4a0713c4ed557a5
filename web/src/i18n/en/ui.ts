import type { Dictionary } from '../text';

export const ui = {} as const satisfies Dictionary;
