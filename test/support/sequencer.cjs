const Sequencer = require('@jest/test-sequencer').default;

const isIn =
  (folder) =>
  ({ path }) =>
    path.includes(folder);

/**
 * The longest first, so that no long one is left alone at the end: whole stories and whole servers, then by what jest knows.
 * Suites with whole servers wait much of their time: they take turns with those that work.
 */
module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    const known = Sequencer.prototype.sort.call(this, tests);
    const waiting = known.filter(isIn('/test/e2e/'));
    const working = [
      ...known.filter(isIn('/test/scenarios/')),
      ...known.filter(isIn('/test/workflows/')),
      ...known.filter(({ path }) => !/\/test\/(scenarios|workflows|e2e)\//.test(path)),
    ];
    return [
      ...waiting.flatMap((suite, i) => [suite, ...working.slice(i, i + 1)]),
      ...working.slice(waiting.length),
    ];
  }
};
