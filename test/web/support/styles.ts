/** Stands in for CSS modules: names of classes say nothing to a test. */
export default {};
