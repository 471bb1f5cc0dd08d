import fc from 'fast-check';
import { type Actor, type Role, roles } from '../roles';
import { allowedActions, leadsTo, mayGive } from '../transitions';
import { rowKinds, stagesOf } from '../../records/kernel/kinds';
import { STAYS, waitsIn } from '../../workflows/stages';
import { pathwayOf, type RowKind } from '.';
import { inForce } from '../policy';
import { shippedPolicies } from '../../test/support/shipped-policies';
import { directiveAllowed, inspectionPathway } from './inspection';
import { isClaimAboutPerson, isUntouched, rejectionCodes } from './referral';

const actor = (role: Role, rank: Actor['rank'] = 'officer'): Actor => ({ id: 'x', role, rank, area: '' });
const takenBackBy = (step: object) => ('takesBack' in step ? (step.takesBack as readonly string[]) : []);

/** The states, beside its first, in which a row of a kind begins. */
const alsoBegins: Partial<Record<RowKind, string[]>> = { approval: ['drafted'] };

/** The names of the steps that the stage of a state names. */
const stepsIn = (kind: RowKind, state: string): string[] => Object.values(waitsIn(stagesOf(kind), state));

/** All ways from one state to another: by a command, a step or an event. */
const waysOf = (kind: RowKind): { from: readonly string[]; to: readonly string[] }[] => {
  const { open, commands, steps, events } = pathwayOf(kind);
  return [
    ...Object.values(commands),
    ...Object.values(events),
    ...Object.entries(steps).map(([name, to]) => ({
      from: open.filter((state) => stepsIn(kind, state).includes(name)),
      to,
    })),
  ];
};

describe.each(rowKinds)('the pathway of the %s', (kind) => {
  const pathway = pathwayOf(kind);
  const ways = waysOf(kind);
  const states = [...pathway.open, ...pathway.closed];

  test('names each state once, as open or as closed', () => {
    expect(new Set(states).size).toBe(states.length);
  });

  test('leads from and to its own states only', () => {
    for (const way of ways)
      for (const state of [...way.from, ...way.to, ...takenBackBy(way)]) expect(states).toContain(state);
  });

  test('reaches every state, and from every open state a closed one', () => {
    const reachable = (from: readonly string[]): Set<string> => {
      const seen = new Set(from);
      for (let grew = true; grew;) {
        grew = false;
        for (const way of ways)
          if (way.from.some((state) => seen.has(state)))
            for (const to of way.to)
              if (!seen.has(to)) {
                seen.add(to);
                grew = true;
              }
      }
      return seen;
    };
    expect([...reachable([pathway.open[0] ?? '', ...(alsoBegins[kind] ?? [])])].toSorted()).toEqual(
      states.toSorted(),
    );
    for (const state of pathway.open)
      expect([...reachable([state])].some((to) => pathway.closed.includes(to))).toBe(true);
  });

  test('each step is named by a stage, and each stage names steps of the pathway', () => {
    const named = new Set(
      [...pathway.open, ...(pathway.owing ?? [])].flatMap((state) => stepsIn(kind, state)),
    );
    named.delete(STAYS);
    expect([...named].toSorted()).toEqual(Object.keys(pathway.steps).toSorted());
  });

  test('no sequence of admitted steps leaves the table', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 40 }), (choices) => {
        let state = pathway.open[0] ?? '';
        for (const choice of choices) {
          const admitted = ways.filter((way) => way.from.includes(state));
          const way = admitted[choice % Math.max(1, admitted.length)];
          if (!way) break;
          const to = way.to[choice % way.to.length] ?? state;
          expect(leadsTo(pathway, state, to, stepsIn(kind, state))).toBe(true);
          state = to;
          expect(states).toContain(state);
        }
      }),
    );
  });

  test('allowedActions are the commands of the state that the role may give, and nobody else', () => {
    for (const state of states)
      for (const role of roles)
        for (const rank of ['officer', 'head'] as const)
          for (const [name, step] of Object.entries(pathway.commands))
            expect(allowedActions(pathway, state, actor(role, rank)).includes(name)).toBe(
              step.from.includes(state) && mayGive(step, actor(role, rank)),
            );
  });

  test('auditors, and the service itself, give no commands', () => {
    for (const step of Object.values(pathway.commands)) {
      expect(mayGive(step, actor('auditor', 'head'))).toBe(false);
      expect(mayGive(step, { ...actor('auditor'), role: 'system' })).toBe(false);
    }
  });
});

test('a command of the head is not the officer’s', () => {
  const { measure } = inspectionPathway.commands;
  expect([
    mayGive(measure, actor('labour_inspector')),
    mayGive(measure, actor('labour_inspector', 'head')),
  ]).toEqual([false, true]);
});

test('a directive: reserved jobs always, vacant ones only for referrals before 1 September 2025', () => {
  const allowed = (kind: 'vacant' | 'reserved', on: string) =>
    directiveAllowed(kind, inForce(shippedPolicies, on)?.rules.directiveFor ?? []);
  expect([allowed('vacant', '2025-08-31'), allowed('vacant', '2025-09-01')]).toEqual([true, false]);
  expect([allowed('reserved', '2025-08-31'), allowed('reserved', '2026-01-01')]).toEqual([true, true]);
});

test('claims about the person are “did not come” and “declined”, nothing else', () => {
  const codes = Object.keys(rejectionCodes) as (keyof typeof rejectionCodes)[];
  expect(codes.filter(isClaimAboutPerson)).toEqual(['did_not_come', 'declined']);
});

test.each([
  ['accepted', null, undefined, true],
  ['accepted', { contract: 'M-1' }, undefined, false],
  ['hearing', null, undefined, true],
  ['rejected', null, { state: 'examining', steps: [] }, true],
  ['rejected', null, { state: 'examining', steps: [{ kind: 'visit' }] }, false],
  ['rejected', null, { state: 'justified', steps: [] }, false],
  ['silent', null, { state: 'examining', steps: [] }, false],
  ['delivered', null, undefined, false],
])(
  'a decision (%s, contract %j, inspection %j) that nobody acted on: %s',
  (state, contract, inspection, is) => {
    expect(isUntouched({ state, contract }, inspection)).toBe(is);
  },
);
