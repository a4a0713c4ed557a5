import { Context } from '@temporalio/activity';
import type { CompanyMailRound, EvaluateCompaniesInput, EvaluateCompaniesResult } from '../../contract/companies.js';
import { minuteMs } from '../../domain/durations.js';
import type { ActivityDeps } from '../deps.js';
import { withFailures } from '../failures.js';
import { withHeartbeat } from '../notifications/deliver.js';
import { deliverySignals } from '../notifications/send-deliveries.js';
import { evaluateCompanies } from './evaluate-companies.js';
import { sendCompanyMail } from './send-company-mail.js';

/** The balance threshold controller: decides first, then sends. */
export function companyActivities(deps: ActivityDeps) {
  return {
    evaluateCompanies: (input: EvaluateCompaniesInput): Promise<EvaluateCompaniesResult> =>
      withFailures('evaluateCompanies', async () => {
        const result = await evaluateCompanies(deps, input);
        Context.current().heartbeat();
        return result;
      }),

    sendCompanyMail: ({ now }: { readonly now: number }): Promise<CompanyMailRound> =>
      withFailures('sendCompanyMail', () =>
        withHeartbeat(() =>
          sendCompanyMail(deps, { now, signals: deliverySignals(), nextRoundAtMs: Date.now() + minuteMs }),
        ),
      ),
  };
}
