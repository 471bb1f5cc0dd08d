/** The decisions that need two persons [money §7]. */
export type FourEyesDecision = 'review' | 'order' | 'claim' | 'recovery' | 'objection' | 'approval';

/** A person's part in a matter. */
export interface Participation {
  person: string;
  act: Act;
}

/** The acts that are remembered. */
export const acts = [
  'submitted',
  'completed',
  'objected',
  'reviewed',
  'ordered',
  'evidence',
  'resolved_mismatch',
  'proposed_correction',
  'proposed_stop',
  'proposed_account',
  'approved_correction',
  'proposed',
  'spoke',
  'admitted',
  'entered_attendance',
] as const;
export type Act = (typeof acts)[number];

/** The acts that bar a person from each decision. Approving or returning another month bars nobody. */
const bars: Readonly<Record<FourEyesDecision, readonly Act[]>> = {
  review: ['submitted', 'completed', 'objected'],
  order: ['submitted', 'completed', 'objected', 'reviewed', 'evidence'],
  claim: [
    'submitted',
    'completed',
    'objected',
    'reviewed',
    'ordered',
    'evidence',
    'resolved_mismatch',
    'proposed_correction',
    'proposed_stop',
    'proposed_account',
    'admitted',
    'entered_attendance',
  ],
  recovery: ['proposed_correction', 'approved_correction'],
  objection: ['reviewed', 'objected'],
  approval: ['proposed', 'spoke'],
};

/** The acts of one person that bar that person from a decision, each once. */
export const barringActs = (participations: readonly Participation[], subject: FourEyesDecision): Act[] => [
  ...new Set(participations.map(({ act }) => act).filter((act) => bars[subject].includes(act))),
];

/** An act that bars a person. The confirmation of an account bars from the first payment to it [money §5]. */
export type Barring = Act | 'confirmed_account';

/**
 * The persons who may not decide because they took part before. Persons are compared, never roles [money §7].
 *
 * @param participations the persons' parts in the matter
 */
export const barred = (participations: readonly Participation[], subject: FourEyesDecision): string[] => [
  ...new Set(participations.filter(({ act }) => bars[subject].includes(act)).map(({ person }) => person)),
];
