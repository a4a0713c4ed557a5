import type { Dictionary } from '../text';

export const session = {} as const satisfies Dictionary;
