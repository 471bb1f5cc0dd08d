import type { Seeker } from './matching';

/** A person's record: TIEK's recommendation, the assessment's findings and the home. */
export interface RecordedSeeker {
  mahalla: string;
  skills: readonly string[];
  wishes: unknown;
  recommendation: unknown;
}

/** A person's data for matching. Without the register's recommendation (with a certificate instead) no job is ruled out. */
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
