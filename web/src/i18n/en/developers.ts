import type { Dictionary } from '../text';

export const developers = {} as const satisfies Dictionary;
