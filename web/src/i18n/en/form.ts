import type { Dictionary } from '../text';

export const form = {} as const satisfies Dictionary;
