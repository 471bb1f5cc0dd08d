const { AsyncLocalStorage } = require('node:async_hooks');
const vm = require('node:vm');
const { TestEnvironment: NodeEnvironment } = require('jest-environment-node');

/** Storages that every promise carries, each at a cost. If Node has no `_enable`, none is noted; only the speed depends on that. */
const inUse = new Set();
const { _enable: enable } = AsyncLocalStorage.prototype;
if (enable)
  AsyncLocalStorage.prototype._enable = function noted() {
    inUse.add(this);
    enable.call(this);
  };

/**
 * Jest's environment for Node, with three differences:
 *
 * - The global object is an ordinary object. Jest's own is a proxy, and every use of `Promise` and `Object` passes its interceptor.
 * - The functions in `atEndOfFile` run after a file's last hook.
 * - The storages for asynchronous context that a file began to use are disabled at its end. Later files then do not carry them.
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
