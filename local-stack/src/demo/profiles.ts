import type { ProfileFields, ProfileRule } from '../../../src/domain/profiles/profile.js';
import type { DemoRecipient } from './channels.js';

/** A profile without what only the installation knows; users by email. */
export type DemoProfile = Omit<ProfileFields, 'resellerId' | 'rules'> & { readonly rules: readonly DemoRule[] };
type DemoRule = Pick<ProfileRule, 'key' | 'threshold'> &
  Partial<Omit<ProfileRule, 'userIds' | 'channels'>> & {
    users?: readonly string[];
    channels?: readonly DemoRecipient[];
  };

/** Thresholds and recipients of docs/manuals.md#profile-list. The manual gives no Max Qty and period there. */
const defaultProfile: DemoProfile = {
  name: 'default',
  currency: 'USD',
  sortOrder: 100,
  maxNotifications: 3,
  periodHours: 24,
  checkEveryMinutes: null,
  trigger: 'period',
  resetOn: 'refill',
  whenSeveral: 'each',
  rules: [
    { key: 'user', threshold: '100.00', notifyRole: true },
    { key: 'client', threshold: '50.00', notifyRole: true },
  ],
};

export const profiles = {
  default: defaultProfile,
  /** the same profile, acting at once: what its clients' balances do is seen while one looks */
  closely: {
    ...defaultProfile,
    name: 'default, immediate (demo)',
    sortOrder: 110,
    periodHours: 1,
    checkEveryMinutes: 5,
    trigger: 'change',
  },
  wholesale: {
    ...defaultProfile,
    name: 'Wholesale',
    sortOrder: 10,
    maxNotifications: 5,
    periodHours: 12,
    checkEveryMinutes: 60,
    trigger: 'change',
    resetOn: 'recovery',
    whenSeveral: 'mostSevere',
    rules: [
      {
        key: 'user',
        threshold: '500.00',
        notifyRole: true,
        users: ['oleh@company-name.example'],
        channels: [{ channel: 'noc' }],
      },
      { key: 'client', threshold: '250.00', notifyRole: true },
      {
        ...{ key: 'advanced:last-call', threshold: '100.00', notifyRole: true, emails: ['noc@company-name.example'] },
        channels: [{ channel: 'noc' }, { channel: 'onCall', address: '+12025550143' }],
      },
    ],
  },
  retail: {
    ...defaultProfile,
    name: 'Retail',
    currency: 'EUR',
    sortOrder: 20,
    checkEveryMinutes: 360,
    rules: [
      { key: 'user', threshold: '120.00', notifyRole: true },
      { key: 'client', threshold: '60.00', notifyRole: true },
      { key: 'advanced:unused', threshold: '40.00', notifyRole: true, inactivityDays: 10 },
    ],
  },
} as const satisfies Readonly<Record<string, DemoProfile>>;
export type ProfileName = keyof typeof profiles;
