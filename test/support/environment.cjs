const { AsyncLocalStorage } = require('node:async_hooks');
const vm = require('node:vm');
const { TestEnvironment: NodeEnvironment } = require('jest-environment-node');

/** Storages that promises carry along from now on, each at a cost to every promise. */
const inUse = new Set();
const enable = AsyncLocalStorage.prototype._enable;
AsyncLocalStorage.prototype._enable = function enabled() {
  inUse.add(this);
  enable.call(this);
};

/**
 * Jest's environment for Node, with two differences. Its global object is an ordinary one: jest's own is a proxy behind an
 * interceptor, which every `Promise` and `Object` that a test's code names passes through. And what a file has put into
 * `atEndOfFile` is done after its last hook.
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
