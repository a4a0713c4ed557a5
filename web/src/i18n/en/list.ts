import type { Dictionary } from '../text';

export const list = {} as const satisfies Dictionary;
