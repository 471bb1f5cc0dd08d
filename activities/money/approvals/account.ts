import type { Effect } from '../approval';

export const account: Effect = {
  approved() {
    throw new Error('not written yet');
  },
};
