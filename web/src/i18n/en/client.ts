import type { Dictionary } from '../text';

export const client = {} as const satisfies Dictionary;
