import type { Effect } from '../approval';

export const successor: Effect = {
  approved() {
    throw new Error('not written yet');
  },
};
