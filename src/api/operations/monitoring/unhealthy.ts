import { unhealthyReasons } from '../../../domain/monitoring/monitor-health.js';
import { z } from '../../contract/zod.js';

/** Why a client's state is `unhealthy`. */
export const unhealthyReasonField = z
  .enum(unhealthyReasons)
  .nullable()
  .openapi({
    description:
      'Why the state is `unhealthy`. `failing`: the workflow tasks of the monitor keep failing · `overdue`: its next ' +
      'check or another wake is a minute late or more · `signal_unanswered`: no evaluation followed a change within a ' +
      'minute. null: healthy',
  });
