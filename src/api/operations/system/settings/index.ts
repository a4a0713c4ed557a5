import type { Operation } from '../../../contract/operation.js';
import { readSettingsOperation } from './read-settings.js';
import { updateSettingsOperation } from './update-settings.js';

export const settingsOperations: readonly Operation[] = [readSettingsOperation, updateSettingsOperation];
