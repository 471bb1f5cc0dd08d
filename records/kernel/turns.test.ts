import { setTimeout as pause } from 'node:timers/promises';
import { turns } from './turns';

test('at most so many at once, in the order of arrival; an error gives its turn on', async () => {
  const inTurn = turns(2);
  const begun: number[] = [];
  let running = 0;
  let most = 0;
  const work = (n: number) =>
    inTurn(async () => {
      begun.push(n);
      most = Math.max(most, ++running);
      await pause(5);
      running -= 1;
      if (n === 1) throw new Error('refused');
      return n;
    });
  const done = await Promise.allSettled([0, 1, 2, 3, 4].map(work));
  expect(done.map(({ status }) => status)).toEqual([
    'fulfilled',
    'rejected',
    'fulfilled',
    'fulfilled',
    'fulfilled',
  ]);
  expect([begun, most]).toEqual([[0, 1, 2, 3, 4], 2]);
});
