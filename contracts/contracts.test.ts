import { pathwayOf, type RowKind } from '../domain/pathways';
import { contractOf, contracts } from '.';
import type { Contracts } from './contract';
import { recoveryContracts } from './recovery';

const kinds = Object.keys(contracts) as RowKind[];

test.each(kinds)('%s: each command has a name of its own for people', (kind) => {
  const names = Object.keys(pathwayOf(kind).commands).map((command) => contractOf(kind, command).name);
  expect(new Set(names).size).toBe(names.length);
});

test('a command that a pathway does not have has no contract', () => {
  expect(() => contractOf('recovery', 'pardon')).toThrow('recovery has no command pardon');
});

// Each of these does not compile without the comment above it: `npm run typecheck` is the test.
test('a table has the commands of its pathway, and no others', () => {
  const { decision, setOffConsent } = recoveryContracts;
  const whole = { decision, setOffConsent } satisfies Contracts<'recovery'>;
  // @ts-expect-error a command of the pathway is missing
  const missing = {} satisfies Contracts<'recovery'>;
  // @ts-expect-error a command that the pathway does not have
  const another = { decision, setOffConsent, pardon: decision } satisfies Contracts<'recovery'>;
  const { body, name } = decision;
  const debt = { body, name, answers: { 200: 'debt' } } as const;
  // @ts-expect-error an answer with a row of no kind
  const answers = { setOffConsent, decision: debt } satisfies Contracts<'recovery'>;
  expect([whole, missing, another, answers]).toHaveLength(4);
});
