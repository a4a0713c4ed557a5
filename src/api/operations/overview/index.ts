import type { Operation } from '../../contract/operation.js';
import { readOverviewHeadroom } from './headroom.js';
import { readOverviewRunway } from './runway.js';
import { readOverviewSeries } from './series.js';
import { readOverviewSummary } from './summary.js';
import { readOverviewUpcoming } from './upcoming.js';

export const overviewOperations: readonly Operation[] = [
  readOverviewSummary,
  readOverviewSeries,
  readOverviewHeadroom,
  readOverviewRunway,
  readOverviewUpcoming,
];
