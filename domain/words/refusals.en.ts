import type { RefusalCode } from '../pathways/subsidy';
import type { Programme } from '../policy';
import { fill, type Params } from './fill';

/** Why an application is refused, and what the employer can do. `mayObject`: an objection can mend it [money §1, §3]. */
interface Words {
  why: string;
  next?: string;
  mayObject?: true;
}

const refusals: Readonly<Record<RefusalCode, Words>> = {
  not_confirmed: {
    why: 'The labour register knows no contract of this person with you.',
    next: 'Register the contract there and apply again.',
    mayObject: true,
  },
  group: {
    why: 'The programme is for the disability groups {possible}.',
    next: 'Should the worker’s group be changed, apply again.',
  },
  category: {
    why: 'The programme is for workers of these categories: {possible}.',
    next: 'If the worker belongs to one of them, apply again with its proof.',
  },
  ownership: {
    why: 'The programme is not for budget organisations and state enterprises.',
    mayObject: true,
  },
  state_share: {
    why: 'The programme is not for enterprises of which the state holds {below} percent or more.',
    mayObject: true,
  },
  wage_floor: {
    why: 'The programme asks for a wage of at least {floor} so’m a month.',
    next: 'Once the contract says so, apply again.',
  },
  months_worked: {
    why: 'The worker has to have worked for you for {months} months first.',
    next: 'Apply again on {from} or later.',
  },
  not_above_quota: {
    why: 'Your reserved places were not filled before this hire, so it is not above the quota.',
    mayObject: true,
  },
  no_quota: { why: 'An enterprise of your size has no quota to hire above.', mayObject: true },
  period_over: { why: 'The months that could have been paid for ended on {last}.' },
  another_subsidy: {
    why: 'Another subsidy is drawn for the same worker and the same months.',
    next: 'Once it has ended, or you waive it, apply again for the months that are left.',
  },
  no_rule: { why: 'On the day of the hire no law paid for this.' },
  not_entrepreneur: {
    why: 'The programme is for entrepreneurs.',
    next: 'If you are one, apply again and say so.',
  },
  workplace_subsidised: { why: 'This workplace was paid for before.', mayObject: true },
  document_used: { why: 'A document of the costs was used before.', mayObject: true },
  too_many_workplaces: {
    why: 'There are more workplaces than people hired who may stand for one.',
    mayObject: true,
  },
  papers: { why: 'The papers do not show what is applied for.', mayObject: true },
  other: { why: 'The office found a reason against it.', mayObject: true },
};

const MAY_OBJECT = 'If you do not agree, you may object once, until {objectUntil}.';
const NO_OBJECTION = 'An objection cannot change this.';
const OTHER = 'You may be able to apply for {programme} instead.';

const programmes: Readonly<Record<Programme, string>> = {
  hire_pwd: 'the wage subsidy for hiring a person with a disability',
  above_quota: 'the wage subsidy for hiring above the quota',
  workplace_adaptation: 'the subsidy for adapting workplaces',
};

/** Whether an objection to a refusal can succeed: what the application itself says, or the law, is not changed by one. */
export const mayObjectTo = (code: RefusalCode): boolean => refusals[code].mayObject === true;

/** A refusal as it is recorded. */
export type Refused = Params & {
  code: string;
  /** What the reviewer wrote. */
  words?: string;
  /** Other programmes that may fit. */
  others?: readonly Programme[];
};

/**
 * A refusal in words: why, and what can be done.
 *
 * @param refusal with a code that no version knows any more, its name
 */
export function refusalInWords({ words, others = [], ...refusal }: Refused): { why: string; next: string } {
  const known = refusals[refusal.code as RefusalCode] as Words | undefined;
  const why = known ? fill(known.why, refusal) : `${refusal.code.replaceAll('_', ' ')}.`;
  const ways = [
    known?.next,
    ...others.map((programme) => fill(OTHER, { programme: programmes[programme] })),
    known?.mayObject && refusal['objectUntil'] !== undefined ? MAY_OBJECT : NO_OBJECTION,
  ].filter((way) => way !== undefined);
  return {
    why: words === undefined ? why : `${why} ${words}`,
    next: ways.map((way) => fill(way, refusal)).join(' '),
  };
}
