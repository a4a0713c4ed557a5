/** A monitor every task of which fails, as one does whose history cannot be replayed. */
exports.monitor = async function monitor() {
  throw new Error('no task of this monitor succeeds');
};
