const { AsyncLocalStorage } = require('node:async_hooks');
const vm = require('node:vm');
const { TestEnvironment: NodeEnvironment } = require('jest-environment-node');

/** Storages that every promise carries along, each at a cost. Where Node has no `_enable`, none is noted: only speed depends on it. */
const inUse = new Set();
const { _enable: enable } = AsyncLocalStorage.prototype;
if (enable)
  AsyncLocalStorage.prototype._enable = function noted() {
    inUse.add(this);
    enable.call(this);
  };

/**
 * Jest's environment for Node, with three differences. Its global object is an ordinary one: jest's own is a proxy behind an
 * interceptor, which every `Promise` and `Object` that a test's code names passes through. What a file has put into
 * `atEndOfFile` is done after its last hook. And the storages for asynchronous context that came into use with a file go out
 * of use with it, so that the files after it do not carry them along.
 */
module.exports = class PlainGlobals extends NodeEnvironment {
  constructor(config, context) {
    const { createContext } = vm;
    vm.createContext = () => createContext(vm.constants.DONT_CONTEXTIFY);
    try {
      super(config, context);
    } finally {
      vm.createContext = createContext;
    }
    this.global.atEndOfFile = [];
  }

  async handleTestEvent({ name }) {
    if (name !== 'run_finish') return;
    for (const work of this.global.atEndOfFile) await work();
  }

  async teardown() {
    await super.teardown();
    for (const storage of inUse) storage.disable();
    inUse.clear();
  }
};
