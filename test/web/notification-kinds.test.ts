import { notificationKinds as known, ruleNotificationKinds } from '../../src/domain/mail-kinds';
import { isOfRule, notificationKinds } from '../../web/src/ui/text/notification-kind';

test('the page shows the kinds of the service, and takes the same ones for notifications of rules', () => {
  expect(notificationKinds).toEqual(known);
  expect(notificationKinds.filter((kind) => isOfRule({ kind }))).toEqual(ruleNotificationKinds);
});
