import { referralHandlers } from './referral';
import type { RowHandlers } from './row-handlers';

// Without the comment above it each of these lines does not compile. `npm run typecheck` is the test.
test('a row’s handlers has each step that its stages name, and no others', () => {
  const { silence, ...others } = referralHandlers.steps;
  const steps = { ...others, silence } satisfies RowHandlers<'referral'>['steps'];
  // @ts-expect-error a step that a stage names is missing
  const missing: RowHandlers<'referral'>['steps'] = others;
  // @ts-expect-error a step that no stage of a referral names
  const another: RowHandlers<'referral'>['steps'] = { ...steps, declarationLapsed: silence };
  // @ts-expect-error a command that the pathway has is missing
  const commands: RowHandlers<'referral'>['commands'] = { decision: referralHandlers.commands.decision };
  expect([missing, another, commands]).toHaveLength(3);
});

test('a row’s handlers take the bodies and give the answers of the contracts', () => {
  type Withdrawal = RowHandlers<'referral'>['commands']['withdrawal'];
  type Correction = RowHandlers<'claim'>['commands']['correction'];
  const done = (..._said: unknown[]): Promise<void> => Promise.resolve();
  const withdrawal: Withdrawal = (_transaction, _id, { reason, words }) => done(reason, words);
  // @ts-expect-error a field by another name
  const renamed: Withdrawal = (_transaction, _id, { grounds }) => done(grounds);
  // @ts-expect-error a body that has a field by another name
  const differs: Withdrawal = (_transaction, _id, body: { grounds: string }) => done(body);
  // @ts-expect-error a row, where the command makes none
  const made: Withdrawal = () => Promise.resolve({ made: { kind: 'approval', id: 'AP-000001' } });
  // @ts-expect-error no row, where the command makes one
  const notMade: Correction = () => done();
  expect([withdrawal, renamed, differs, made, notMade]).toHaveLength(5);
});
