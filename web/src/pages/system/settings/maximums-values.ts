import { installationSettings } from '../../../api/kinds';
import type { InstallationSettings } from '../../../api/types';
import type { FieldError } from '../../../form/checks';
import {
  maximumIncreaseErrors,
  maximumIncreaseOf,
  maximumIncreaseValues,
  type MaximumIncreaseValues,
} from '../../../form/maximum-increase';
import type { Pointer } from '../../../form/pointer';

/** Whose maximum possible increase is set: roles, and all others. */
export const maximumSubjects = installationSettings.maximumIncreases.values;
type Subject = (typeof maximumSubjects)[number];

export type MaximumsValues = Record<Subject, MaximumIncreaseValues>;

/** The settings as the form holds them. */
export type SettingsValues = Omit<InstallationSettings, 'version' | 'maximumIncreases'> & {
  maximumIncreases: MaximumsValues;
};

export function maximumsValues(maximums: InstallationSettings['maximumIncreases']): MaximumsValues {
  const entries = maximumSubjects.map((subject) => [subject, maximumIncreaseValues(maximums[subject])]);
  return Object.fromEntries(entries) as MaximumsValues;
}

export function maximumsErrors(values: MaximumsValues): Readonly<Record<Pointer, FieldError>> {
  return Object.assign(
    {},
    ...maximumSubjects.map((subject) => maximumIncreaseErrors(`#/maximumIncreases/${subject}`, values[subject])),
  ) as Readonly<Record<Pointer, FieldError>>;
}

/** Without any part, a role has the maximum of the installation. */
export function maximumsOf(values: MaximumsValues): InstallationSettings['maximumIncreases'] {
  const entries = maximumSubjects.flatMap((subject) => {
    const maximum = maximumIncreaseOf(values[subject]);
    return Object.values(maximum).every((part) => part === null) ? [] : [[subject, maximum]];
  });
  return Object.fromEntries(entries) as InstallationSettings['maximumIncreases'];
}
