import type { Dictionary } from '../text';

export const me = {} as const satisfies Dictionary;
