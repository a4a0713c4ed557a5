import { ownReasons as serviceReasons } from '../../src/domain/credit/own-reasons';
import { jobKindNames, jobKinds as jobKindSpecs } from '../../src/domain/jobs/job-kinds';
import { ruleAudienceSpecs, ruleSourceSpecs } from '../../src/domain/monitoring/rule-identity';
import { listedNotificationKinds, ruleNotificationKinds } from '../../src/domain/notifications/mail-kinds';
import { jobReason } from '../../web/src/pages/clients/bulk/job-forms';
import { jobKinds } from '../../web/src/ui/text/job-text';
import { ownReasons } from '../../web/src/api/kinds';
import { reasonText } from '../../web/src/ui/text/reason-text';
import { countsTowardRule, notificationKinds } from '../../web/src/ui/text/notification-kind';
import { identifyRule, isLowAtThreshold, ruleAudiences } from '../../web/src/ui/text/rule-label';

describe('the page has, as the service (else: npm run types),', () => {
  test('the kinds of notifications, and the same ones for those of rules', () => {
    expect(notificationKinds).toEqual(listedNotificationKinds);
    expect(notificationKinds.filter((kind) => countsTowardRule({ kind }))).toEqual(ruleNotificationKinds);
  });

  test('the rule audiences and their sources', () => {
    expect(ruleAudiences).toEqual(Object.keys(ruleAudienceSpecs));
    for (const audience of ruleAudiences) {
      const { source } = identifyRule(audience);
      expect(source).toBe(ruleAudienceSpecs[audience].source);
      expect(isLowAtThreshold(source)).toBe(ruleSourceSpecs[source].lowAt === 'atMost');
    }
  });

  test("the reasons that it records itself; a person's own words stay", () => {
    expect(ownReasons).toEqual(serviceReasons);
    expect(reasonText('became_unlimited: new contract')).toBe('The client became unlimited: new contract');
    expect(reasonText('client deleted by mistake')).toBe('client deleted by mistake');
    expect(reasonText(null)).toBe('');
  });

  test('the kinds of jobs, and which of them need a reason', () => {
    expect(jobKinds).toEqual(jobKindNames);
    for (const kind of jobKinds) expect([kind, jobReason(kind)]).toEqual([kind, jobKindSpecs[kind].reason]);
  });
});
