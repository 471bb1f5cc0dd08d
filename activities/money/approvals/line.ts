import type { Effect } from '../approval';

export const line: Effect = {
  approved() {
    throw new Error('not written yet');
  },
};
