import * as workflows from '../../workflows';
import { kinds, type Kinds, rowKinds, walked, type Where } from './kinds';

test('every kind is walked by a workflow of its own, and every workflow walks one', () => {
  const named = Object.values(walked).map(({ workflow }) => workflow);
  expect(named.toSorted()).toEqual(Object.keys(workflows).toSorted());
});

test('the stages of a kind are its own', () => {
  expect(rowKinds.map((kind) => kinds[kind].stages.kind)).toEqual(rowKinds);
});

test('numbers tell the kinds of one table apart', () => {
  const numbers = rowKinds.map((kind) =>
    [kinds[kind].table, JSON.stringify('number' in kinds[kind] && kinds[kind].number)].join(),
  );
  expect(new Set(numbers).size).toBe(rowKinds.length);
});

describe('does not compile', () => {
  test('a condition on the rows of another kind', () => {
    const ofCase: Where<'case'> = { managerId: 'M-1' };
    // @ts-expect-error a claim has no case manager
    const ofClaim: Where<'claim'> = { managerId: 'M-1' };
    expect([ofCase, ofClaim]).toHaveLength(2);
  });

  test('a kind of row without a record, one that people see without a path, the stages of another', () => {
    const { line, ...others } = kinds;
    // @ts-expect-error no record of lines
    const without: Kinds = others;
    // @ts-expect-error people see lines
    const unseen: Kinds = { ...others, line: { ...line, path: undefined } };
    // @ts-expect-error the stages of claims
    const mixed: Kinds = { ...others, line: { ...line, stages: kinds.claim.stages } };
    expect([without, unseen, mixed]).toHaveLength(3);
  });
});
