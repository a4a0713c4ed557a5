import type { Operation } from '../../contract/operation.js';
import { exportClients } from './clients.js';
import { exportCreditLimitChanges } from './credit-limit-changes.js';
import { exportNotifications } from './notifications.js';
import { exportProfiles } from './profiles.js';
import { exportApiKeys, exportAudit, exportEvents } from './staff.js';
import { exportTemporaryCredits } from './temporary-credits.js';

export const exportOperations: readonly Operation[] = [
  exportClients,
  exportProfiles,
  exportNotifications,
  exportTemporaryCredits,
  exportCreditLimitChanges,
  exportAudit,
  exportEvents,
  exportApiKeys,
];
