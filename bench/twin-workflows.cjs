// The floor: the least that a workflow with a timer and a local activity can do, and the least that a signal with an
// activity can do, under the same budget of history as the monitor.
const {
  allHandlersFinished,
  condition,
  continueAsNew,
  defineSignal,
  proxyActivities,
  proxyLocalActivities,
  setHandler,
  workflowInfo,
} = require('@temporalio/workflow');

const { observe } = proxyLocalActivities({ startToCloseTimeout: '5s' });
const { deliver } = proxyActivities({ startToCloseTimeout: '10s', taskQueue: 'lowwater-effects' });

exports.sleeper = async function sleeper({ everyMs, checks: budget }) {
  for (let checks = 0; checks < budget && workflowInfo().historyLength < 120; checks++) {
    await condition(() => false, everyMs);
    await observe({});
  }
  await condition(allHandlersFinished);
  await continueAsNew({ everyMs, checks: budget });
};

exports.signalled = async function signalled() {
  const arrived = [];
  setHandler(defineSignal('poke'), (mail) => void arrived.push(mail));
  while (workflowInfo().historyLength < 120) {
    await condition(() => arrived.length > 0);
    await deliver(arrived.shift());
  }
  await continueAsNew();
};
