const Sequencer = require('@jest/test-sequencer').default;

const isWaiting = ({ path }) => path.includes('/test/e2e/');
const ORDER = ['/test/scenarios/', '/test/workflows/', ''];
const rank = ({ path }) => ORDER.findIndex((folder) => path.includes(folder));

/**
 * The longest files run first, so that no long file is left alone at the end: whole stories and whole servers, then by jest's times.
 * Suites with whole servers wait much of their time, so they alternate with suites that compute.
 */
module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    const known = Sequencer.prototype.sort.call(this, tests);
    const waiting = known.filter(isWaiting);
    const working = known.filter((suite) => !isWaiting(suite)).toSorted((a, b) => rank(a) - rank(b));
    return known.flatMap((_, i) => [...waiting.slice(i, i + 1), ...working.slice(i, i + 1)]);
  }
};
