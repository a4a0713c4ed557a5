import type { Dictionary } from '../text';

export const app = {} as const satisfies Dictionary;
