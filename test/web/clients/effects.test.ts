import { loadLanguage } from '../../../web/src/i18n/t';
import { valuesOf, type Client } from '../../../web/src/pages/clients/form/client-values';
import { effectsOf } from '../../../web/src/pages/clients/form/effects';
import { warningsOf, type EnabledRule } from '../../../web/src/pages/profiles/form/rules';
import { clientOf } from './client-data';

beforeAll(() => loadLanguage());

const client = {
  ...clientOf(),
  status: 'active',
  currency: 'USD',
  creditLimit: '0.00',
  profileId: null,
  profileName: null,
  balance: { available: null },
} as unknown as Client;
const texts = (before: Client, profileId: string, name: string | null): string[] =>
  effectsOf({ ...valuesOf(before, '1'), profileId }, before, name).map(({ text }) => text);

test('another profile is named, and so is the one before it', () => {
  expect(texts(client, '3', 'default')[0]).toMatch(/^Profile: none to default\./);
  const gold = { ...client, profileId: '4', profileName: 'gold' };
  expect(texts(gold, '3', 'default')[0]).toMatch(/^Profile: gold to default\./);
  expect(texts(gold, '', null)[0]).toMatch(/^Profile: gold to none\. Without a profile/);
  expect(texts(gold, '4', 'gold').join()).not.toContain('Profile:');
});

const rule = (key: string, threshold: string): EnabledRule => ({
  ...{ key, threshold, role: key === 'user' ? 'owner' : 'billing' },
  ...{ users: 0, emails: 0, channels: 0, inactivityDays: null },
});

test.each([
  ['50.00', '100.00', true],
  ['100.00', '100.00', false],
  ['100.00', '50.00', false],
])('user threshold %s, client threshold %s: a remark is %p', (user, own, isRemarked) => {
  const remarks = warningsOf([rule('user', user), rule('client', own)]);
  expect(remarks.some((text) => text.startsWith('The client threshold is above the user threshold'))).toBe(isRemarked);
});
