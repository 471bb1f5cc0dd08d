import type { Route } from './route';

/** Every route under /v1, in the order of the reference page: each resource file declares its own. */
export const routes: readonly Route[] = [];
