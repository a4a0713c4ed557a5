import type { Operation } from '../../../contract/operation.js';
import { readOverviewHeadroomOperation } from './read-overview-headroom.js';
import { readOverviewRunwayOperation } from './read-overview-runway.js';
import { readOverviewSeriesOperation } from './read-overview-series.js';
import { readOverviewSummaryOperation } from './read-overview-summary.js';
import { readOverviewUpcomingOperation } from './read-overview-upcoming.js';

export const overviewOperations: readonly Operation[] = [
  readOverviewSummaryOperation,
  readOverviewSeriesOperation,
  readOverviewHeadroomOperation,
  readOverviewRunwayOperation,
  readOverviewUpcomingOperation,
];
