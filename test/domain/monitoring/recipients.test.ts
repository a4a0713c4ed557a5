import { ruleRecipients } from '../../../src/domain/monitoring/recipients.js';
import { advancedRule, clientRule, userRule } from '../../../src/domain/monitoring/rule-identity.js';

const contacts = {
  notifyRole: true,
  owner: 'owner@company.example',
  billing: 'billing@client.example',
  users: ['anna@company.example', null],
  emails: ['noc@company.example', 'Owner@company.example'],
  channels: ['channel:7', 'channel:8:+380501234567', 'channel:7'],
};

test('the user rule notifies the owner, then users, extra addresses, and channels, each once', () => {
  expect(ruleRecipients(userRule, contacts)).toEqual([
    'owner@company.example',
    'anna@company.example',
    'noc@company.example',
    'channel:7',
    'channel:8:+380501234567',
  ]);
});

test.each([clientRule, advancedRule('idle')])('$key notifies the billing contact', (rule) => {
  expect(ruleRecipients(rule, { ...contacts, users: [], emails: [], channels: [] })).toEqual([
    'billing@client.example',
  ]);
  expect(ruleRecipients(rule, { ...contacts, notifyRole: false, users: [], emails: [], channels: [] })).toEqual([]);
});
