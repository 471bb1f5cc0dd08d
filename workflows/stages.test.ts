import { obligation, type ObligationKind } from '../domain/obligations';
import { pathwayOf } from '../domain/pathways';
import { waits } from '../domain/waits';
import { stepInWords } from '../domain/words/words';
import { stages, stepAfter, STAYS, stepOf, waitsIn } from './stages';
import { referralStages as referral } from './referral';
import { rowKinds as kinds, stagesOf } from '../records/kernel/kinds';

const cells = kinds.flatMap((kind) =>
  [...pathwayOf(kind).open, ...(pathwayOf(kind).owing ?? [])].flatMap((state) =>
    Object.entries(waitsIn(stagesOf(kind), state)).map(([wait, step]) => ({ kind, state, wait, step })),
  ),
);

test.each(kinds)(
  '%s: a wait is followed by the same step in every stage, so that the step needs no stage',
  (kind) => {
    for (const wait of waits[kind]) {
      const steps = new Set(
        cells.filter((cell) => cell.kind === kind && cell.wait === wait).map(({ step }) => step),
      );
      expect([wait, [...steps]]).toEqual([wait, [stepOf(stagesOf(kind), wait)]]);
    }
  },
);

test.each(cells)('$kind, $state, $wait: the next step has words of its own', ({ wait, step }) => {
  expect(stepInWords('en', wait, step)).not.toBe(step);
});

test('a wait that stays ends with a person, never with a machine', () => {
  const last = cells
    .filter(({ step }) => step === STAYS)
    .map(({ wait }) => obligation(wait as ObligationKind).duties.at(-1)?.owner);
  expect(last).not.toContain('register');
  expect(last).not.toContain('clock');
});

test('a step follows a wait that its stage or `anyStage` names; no step follows another wait', () => {
  expect(stepAfter(referral, 'delivered', 'decision')).toBe('silence');
  expect(stepAfter(referral, 'hearing', 'contract_answer')).toBe('evidenceOfContract');
  expect(stepAfter(referral, 'hearing', 'decision')).toBeUndefined();
  expect(stepAfter(referral, 'silent', 'decision')).toBeUndefined();
});

// `npm run typecheck` is the test: each of these lines compiles only with the comment above it.
test('a wrong table does not compile', () => {
  const whole = {
    issued: { delivery: 'undelivered', decision: 'silence', extension_answer: 'stays' },
    undelivered: { deliver_by_hand: 'contactWrong', correct_contact: 'stays' },
    delivered: { decision: 'silence', extension_answer: 'stays' },
    hearing: { hearing: 'unheard' },
    accepted: { contract: 'contractFallsDue', start_answer: 'startStays' },
    confirming: { contract_evidence: 'stays' },
    worked_there_already: { worked_there_finding: 'stays' },
    anyStage: { contract_answer: 'evidenceOfContract' },
  } as const;
  stages('referral', whole);
  // @ts-expect-error a stage that is no state
  stages('referral', { ...whole, confirmimg: {} });
  // @ts-expect-error a wait that no stage names
  stages('referral', { ...whole, hearing: {} });
  // @ts-expect-error a misspelt wait
  stages('referral', { ...whole, delivered: { decision: 'silence', desicion: 'silence' } });
  // @ts-expect-error a wait of another row
  stages('referral', { ...whole, hearing: { hearing: 'unheard', dispute: 'stays' } });
  // @ts-expect-error a step that does not exist
  stages('referral', { ...whole, hearing: { hearing: 'unheared' } });
  // @ts-expect-error a step of another row
  stages('referral', { ...whole, hearing: { hearing: 'declarationLapsed' } });
  // @ts-expect-error a step that no stage names
  stages('referral', { ...whole, hearing: { hearing: 'stays' } });
  // @ts-expect-error a stage is missing
  stages('referral', { issued: whole.issued });
  expect(whole.issued.decision).toBe('silence');
});
