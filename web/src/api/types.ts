import type { components } from './schema';

/** What the API answers and takes, by the names of its own document. */
type Schemas = components['schemas'];

export type HealthSummary = Schemas['HealthSummary'];
export type MaximumIncrease = Schemas['MaximumIncrease'];
export type Me = Schemas['Me'];
export type MePatch = Schemas['MePatch'];
export type Meta = Schemas['Meta'];
export type Preferences = NonNullable<Schemas['Preferences']>;
export type Role = Schemas['Role'];
export type SavedView = Schemas['SavedView'];
export type SearchResult = Schemas['SearchResult'];
export type Session = Schemas['Session'];
export type User = Schemas['User'];
export type UserInput = Schemas['UserInput'];
export type UserRole = User['role'];
export type UserSession = Schemas['UserSession'];
