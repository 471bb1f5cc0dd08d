/** The other systems that the service asks, and that tell it news. */
export const registerNames = [
  'yammt',
  'tiek',
  'tax',
  'treasury',
  'notifications',
  'self_employed',
  'entrepreneur',
  'farm',
] as const;
export type RegisterName = (typeof registerNames)[number];

/**
 * How many questions one worker asks a register. A morning brings thousands, and the register answers one after another.
 *
 * - `atOnce`: the most questions that have no answer yet
 * - `aMinute`: the most questions a minute
 */
export interface QuestionBound {
  atOnce: number;
  aMinute: number;
}

/** Our default for each register, setting questions: 70 000 claims a month are 130 questions a minute of a working day. */
const usual: QuestionBound = { atOnce: 10, aMinute: 600 };

export const defaultQuestions: Readonly<Record<RegisterName, QuestionBound>> = {
  yammt: usual,
  tiek: usual,
  tax: usual,
  treasury: usual,
  self_employed: usual,
  entrepreneur: usual,
  farm: usual,
  // A message is in no hurry: it waits for the deadlines and decisions of its instant.
  notifications: { ...usual, aMinute: 300 },
};
