import type { Fragment } from 'postgres';
import { installationSettingNames, type InstallationSettings } from '../../domain/system/installation-settings.js';
import { snakeCase } from '../../domain/snake-case.js';
import type { Queries, Transaction } from './database.js';

export type InstallationSettingsRow = InstallationSettings & { readonly version: number };

export async function readInstallationSettings(q: Queries): Promise<InstallationSettingsRow> {
  const [row] = await q<InstallationSettingsRow[]>`select ${columns(q)} from installation_settings`;
  if (!row) throw new Error('the settings of the installation are missing');
  return row;
}

/** Waits for a change that is being made. */
export async function lockInstallationSettings(tx: Transaction): Promise<InstallationSettingsRow> {
  await tx`select 1 from installation_settings for update`;
  return readInstallationSettings(tx);
}

export async function updateInstallationSettings(
  tx: Transaction,
  settings: InstallationSettings,
): Promise<InstallationSettingsRow> {
  const values = Object.fromEntries(
    installationSettingNames.map((name) => {
      const value = settings[name];
      return [snakeCase(name), typeof value === 'object' ? tx.json(value as Parameters<typeof tx.json>[0]) : value];
    }),
  );
  await tx`update installation_settings set ${tx(values)}, version = version + 1`;
  return readInstallationSettings(tx);
}

function columns(q: Queries): Fragment {
  return installationSettingNames.reduce((all, name) => q`${all}, ${q(snakeCase(name))} as ${q(name)}`, q`version`);
}
