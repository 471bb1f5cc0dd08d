import type { Seeker } from './matching';

/** What the record holds of a person: as TIEK recommended, as the assessment found, where they live. */
export interface RecordedSeeker {
  mahalla: string;
  skills: readonly string[];
  wishes: unknown;
  recommendation: unknown;
}

/** A person as matching sees them. Without a recommendation of the register (a certificate instead) nothing is ruled out. */
export const seekerOf = ({ mahalla, skills, wishes, recommendation }: RecordedSeeker): Seeker => ({
  recommendation: {
    suitableKinds: [],
    unsuitableKinds: [],
    conditions: [],
    ...(recommendation as Partial<Seeker['recommendation']> | null),
  },
  district: mahalla.slice(0, 7),
  skills,
  wishes: (wishes as Seeker['wishes'] | null) ?? {},
});
