import type { Day } from '../day';
import type { CommandName } from '../pathways';
import { isAskedToExplain, isToBeHeard, whyNotWithdrawn } from '../pathways/inspection';
import { gives, lacks, type Preconditions, unless } from './precondition';

/** The facts of an inspection that its commands depend on, beside its state. */
export interface InspectionFacts {
  state: string;
  ground: string;
  facts: unknown;
  steps: unknown;
  resolution: unknown;
  lateDecision: unknown;
  /** The officer's time runs and was not extended before. */
  isExtendable: boolean;
  /** The hearing was given in time, though the inspection went on without it. */
  wasHeardInTime: boolean;
  /** The open proposal to withdraw the resolution. */
  proposed: string | null;
  givenOn: Day;
}

/** The inspection's commands that wait for somebody else first, or come once [pathway §5, §6]. */
export const inspectionPreconditions: Preconditions<CommandName<'inspection'>, InspectionFacts> = {
  resolution: unless(({ facts }) => (isToBeHeard(facts) ? { code: 'person_to_be_heard' } : undefined)),
  extension: unless(({ isExtendable }) =>
    isExtendable ? undefined : { code: 'extended_before', params: { what: 'inspection' } },
  ),
  /** A late decision follows silence, and an acceptance may follow a late rejection. */
  lateDecision: [
    {
      when: gives('startOn'),
      whyNot({ ground, lateDecision }) {
        const late = lateDecision as { decision: string } | null;
        return ground === 'silence' && late?.decision !== 'accept' ? undefined : { code: 'already_decided' };
      },
    },
    {
      when: lacks('startOn'),
      whyNot: ({ ground, lateDecision }) =>
        ground === 'silence' && lateDecision === null ? undefined : { code: 'already_decided' },
    },
  ],
  hearing: unless(({ facts, wasHeardInTime }) =>
    isToBeHeard(facts) || wasHeardInTime ? undefined : { code: 'nobody_to_hear' },
  ),
  contract: unless(({ ground }) => (ground === 'conditions' ? { code: 'about_conditions' } : undefined)),
  explanation: unless(({ steps }) =>
    isAskedToExplain(steps) ? undefined : { code: 'nothing_asked', params: { what: 'explanation' } },
  ),
  resolutionWithdrawal: unless((row) => {
    const why = whyNotWithdrawn(row, row.givenOn);
    if (why !== undefined) return { code: why, params: { what: 'resolution' } };
    return row.proposed === null ? undefined : { code: 'proposed_already', params: { number: row.proposed } };
  }),
};
