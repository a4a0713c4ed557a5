import { ruleRecipients } from '../../../src/domain/monitoring/recipients.js';
import { advancedRule, clientRule, userRule } from '../../../src/domain/monitoring/rule-identity.js';

const contacts = {
  notifyRole: true,
  owner: 'owner@company.example',
  billing: 'billing@client.example',
  users: ['anna@company.example', null],
  emails: ['noc@company.example', 'Owner@company.example'],
};

test('the user rule notifies the owner, then users, then extra addresses, each address once', () => {
  expect(ruleRecipients(userRule, contacts)).toEqual([
    'owner@company.example',
    'anna@company.example',
    'noc@company.example',
  ]);
});

test.each([clientRule, advancedRule('idle')])('$key notifies the billing contact', (rule) => {
  expect(ruleRecipients(rule, { ...contacts, users: [], emails: [] })).toEqual(['billing@client.example']);
  expect(ruleRecipients(rule, { ...contacts, notifyRole: false, users: [], emails: [] })).toEqual([]);
});
