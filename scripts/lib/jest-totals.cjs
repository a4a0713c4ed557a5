const { writeFileSync } = require('node:fs');

/** A jest reporter that keeps the sums of a run in the file that LOWWATER_TEST_TOTALS names, for the last line of `npm test`. */
module.exports = class JestTotals {
  onRunComplete(_contexts, results) {
    // A suite that could not be loaded, or whose hooks failed outside of any test, has no failed test to show for it.
    const silent = results.testResults.filter(
      (suite) => (suite.testExecError || suite.failureMessage) && suite.numFailingTests === 0,
    );
    const totals = {
      passed: results.numPassedTests,
      failed: results.numFailedTests + silent.length,
      skipped: results.numPendingTests + results.numTodoTests,
    };
    const file = process.env.LOWWATER_TEST_TOTALS;
    if (!file) throw new Error('LOWWATER_TEST_TOTALS must name a file');
    writeFileSync(file, JSON.stringify(totals));
  }
};
