import { referralFile } from './referral';
import type { RowFile } from './row-handlers';

// Each of these does not compile without the comment above it: `npm run typecheck` is the test.
test('a row’s file has each step that its stages name, and no others', () => {
  const { silence, ...others } = referralFile.steps;
  const steps = { ...others, silence } satisfies RowFile<'referral'>['steps'];
  // @ts-expect-error a step that a stage names is missing
  const missing: RowFile<'referral'>['steps'] = others;
  // @ts-expect-error a step that no stage of a referral names
  const another: RowFile<'referral'>['steps'] = { ...steps, declarationLapsed: silence };
  // @ts-expect-error a command that the pathway has is missing
  const commands: RowFile<'referral'>['commands'] = { decision: referralFile.commands.decision };
  expect([missing, another, commands]).toHaveLength(3);
});
