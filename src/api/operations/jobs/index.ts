import type { Operation } from '../../contract/operation.js';
import { cancelJobOperation } from './cancel-job.js';
import { listJobRowsOperation } from './list-job-rows.js';
import { listJobsOperation } from './list-jobs.js';
import { previewJobRetryOperation } from './preview-job-retry.js';
import { previewJobOperation } from './preview-job.js';
import { readJobOperation } from './read-job.js';
import { retryJobOperation } from './retry-job.js';
import { startJobOperation } from './start-job.js';

export const jobOperations: readonly Operation[] = [
  listJobsOperation,
  startJobOperation,
  previewJobOperation,
  readJobOperation,
  cancelJobOperation,
  previewJobRetryOperation,
  retryJobOperation,
  listJobRowsOperation,
];
