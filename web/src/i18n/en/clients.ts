import type { Dictionary } from '../text';

export const clients = {} as const satisfies Dictionary;
