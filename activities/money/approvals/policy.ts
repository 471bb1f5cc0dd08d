import type { Effect } from '../approval';

export const policy: Effect = {
  approved() {
    throw new Error('not written yet');
  },
};
