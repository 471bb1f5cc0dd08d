const Sequencer = require('@jest/test-sequencer').default;

/** The longest first, so that no long one is left alone at the end: whole stories, whole servers, then by what jest knows. */
const FIRST = ['/test/scenarios/', '/test/e2e/', '/test/workflows/'];

const rank = ({ path }) => {
  const at = FIRST.findIndex((folder) => path.includes(folder));
  return at === -1 ? FIRST.length : at;
};

module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    return Sequencer.prototype.sort.call(this, tests).toSorted((a, b) => rank(a) - rank(b));
  }
};
