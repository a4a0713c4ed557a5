import { fromEntries } from '../../../../domain/records.js';
import {
  installationSettingNames,
  installationSettings,
  type InstallationSettingName,
  type InstallationSettingSpec,
} from '../../../../domain/system/installation-settings.js';
import type { InstallationSettingsRow } from '../../../../storage/system/installation-settings.js';
import { maximumIncrease } from '../../../access/maximum-increase.js';
import { patchShape } from '../../../contract/patch-shape.js';
import { reason } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';

type Specs = typeof installationSettings;

type SchemaOf<Spec> = Spec extends { readonly type: 'choice'; readonly values: infer Values }
  ? Values extends readonly (infer Value extends string)[]
    ? z.ZodEnum<{ [Name in Value]: Name }>
    : never
  : Spec extends { readonly type: 'flag' }
    ? z.ZodBoolean
    : Spec extends { readonly type: 'maximums' }
      ? typeof maximums
      : z.ZodInt;

const maximum = z.strictObject(maximumIncrease.shape).nullish();
const maximums = z.strictObject({ installation: maximum, credit_controller: maximum, admin: maximum });

function schemaOf(spec: InstallationSettingSpec): z.ZodType {
  const { description } = spec;
  switch (spec.type) {
    case 'choice':
      return z.enum(spec.values).openapi({ description });
    case 'flag':
      return z.boolean().openapi({ description });
    case 'maximums':
      return maximums.openapi({ description });
    case 'integer':
      return z.int().min(spec.min).max(spec.max).openapi({ description });
  }
}

// The catalogue has the entry of each name, so the schema of each has the type of its entry.
const settingsShape = fromEntries<{ readonly [Name in InstallationSettingName]: SchemaOf<Specs[Name]> }>(
  installationSettingNames.map((name) => [name, schemaOf(installationSettings[name])]),
);

export const settingsSchema = z.strictObject({ ...settingsShape, version: z.int() }).openapi('InstallationSettings');

export const settingsPatch = z
  .strictObject({ ...patchShape(settingsShape), reason: reason.optional() })
  .openapi('InstallationSettingsPatch');

export function settingsJson(row: InstallationSettingsRow): z.output<typeof settingsSchema> {
  return { ...row };
}
