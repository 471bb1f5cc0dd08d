const Sequencer = require('@jest/test-sequencer').default;

const isWaiting = ({ path }) => path.includes('/test/e2e/');
const ORDER = ['/test/scenarios/', '/test/workflows/', ''];
const rank = ({ path }) => ORDER.findIndex((folder) => path.includes(folder));

/**
 * The longest first, so that no long one is left alone at the end: whole stories and whole servers, then by what jest knows.
 * Suites with whole servers wait much of their time: they take turns with those that work.
 */
module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    const known = Sequencer.prototype.sort.call(this, tests);
    const waiting = known.filter(isWaiting);
    const working = known.filter((suite) => !isWaiting(suite)).toSorted((a, b) => rank(a) - rank(b));
    return known.flatMap((_, i) => [...waiting.slice(i, i + 1), ...working.slice(i, i + 1)]);
  }
};
