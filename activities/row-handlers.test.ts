import { referralHandlers } from './referral';
import type { RowHandlers } from './row-handlers';

// Each of these does not compile without the comment above it: `npm run typecheck` is the test.
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
