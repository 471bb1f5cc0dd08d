import { z } from 'zod';
import { publicWorksPathway } from '../../domain/pathways/public-works';
import { commandRoute, commandRoutes } from '../http/command-route';
import { instant } from '../http/fields';
import { instants } from '../http/filters';
import { betweenFilters, itemOf, listRoute } from '../http/lists';
import { caseReaders } from '../http/readers';
import { oneRoute, rowPath, stateful } from '../http/stateful';

const states = [...publicWorksPathway.open, ...publicWorksPathway.closed] as const;

const summary = {
  caseId: z.string(),
  personId: z.string(),
  measure: z.int().meta({ description: 'The number of the plan’s measure.' }),
  employerId: z.string().nullable().meta({ description: 'The organiser, once a place is agreed.' }),
  proposedAt: instant,
  work: z.string().nullable(),
  title: z.string().nullable(),
  firstOn: z.string().nullable().meta({ description: 'The first day as agreed.' }),
  lastOn: z
    .string()
    .nullable()
    .meta({ description: 'The last day as agreed. A hire that lies ahead moves it.' }),
  pay: z.int().nullable().meta({ description: 'Whole so’m a month.' }),
  startedOn: z.string().nullable().meta({ description: 'The first day worked.' }),
  endedOn: z.string().nullable().meta({ description: 'The last day, once it has come.' }),
  endedAt: instant.nullable(),
};
const publicWorksShape = stateful('PublicWorks', {
  ...summary,
  area: z.string(),
  wish: z.string().nullable(),
  exception: z.looseObject({ wish: z.string(), adaptation: z.string() }).nullable().meta({
    description: 'The supervisor’s yes to work that is not known to be suitable.',
  }),
  workName: z.string().nullable(),
  hoursPerWeek: z.int().nullable(),
  conditions: z.array(z.string()),
  conditionNames: z.array(z.string()),
  agreedAt: instant.nullable(),
  months: z
    .array(z.looseObject({ month: z.string(), days: z.int(), pay: z.int(), enteredOn: z.string() }))
    .meta({ description: 'The days worked and the pay received, by month.' }),
  claim: z
    .looseObject({ code: z.string(), words: z.string(), said: z.string(), stage: z.string() })
    .nullable()
    .meta({
      description:
        'The organiser’s word about the person: `stage` is hearing, deciding, stands, dismissed or lapsed. It lapses when the works end before it is decided.',
    }),
  ending: z.looseObject({ by: z.string() }).nullable().meta({
    description:
      'The person, office or event that ended the public works early, and the reason; or why no place was found. A hire ahead of them is here before they end. `agreedLastOn` is the last day as agreed, where something moved it.',
  }),
});

const item = itemOf(summary);

const list = listRoute({
  kind: 'public-works',
  summary: 'Public works of the caller’s area or cases',
  who: caseReaders,
  filters: { ...betweenFilters(states), ...instants('proposedAt', 'Proposed') },
  item: stateful('PublicWorksItem', summary),
  read: (db, find) => db.publicWorks.findMany(find),
  shown: ({ pay, ...row }) => item({ ...row, pay: pay === null ? null : Number(pay) }),
});

const one = oneRoute({
  kind: 'public-works',
  summary: 'One referral to public works, with its months',
  who: caseReaders,
  shape: publicWorksShape,
});

const propose = commandRoute({
  kind: 'case',
  name: 'publicWorks',
  path: rowPath('case', '/public-works'),
  summary: 'Refer the person to public works',
  description:
    'The plan has public works that have not begun. The employment officer looks for a place for 5 working days, then the head for 5 more. Meanwhile the person may be referred to jobs. For work that the recommendation calls not suitable, or that is not known to be suitable, the supervisor refers the person with `exception`.',
  answers: { 201: publicWorksShape },
});

const commands = commandRoutes('public-works', publicWorksShape, {
  agreement: {
    summary: 'Enter what was agreed with the organiser: work, first and last day, pay',
    description:
      'For the employment officer. The work fits the recommendation. Public works last at most 3 months, and of the 730 days up to their last day at most 184 are in public works (`public_works_bound`). The policy’s numbers `publicWorksMonths`, `publicWorksDays` and `publicWorksWithinDays` say so.',
  },
  noneFound: {
    path: rowPath('public-works', '/none-found'),
    previews: true,
    summary: 'Say that no place was found, with the grounds',
    description: 'The case is in planning again, and the person and the case manager are told.',
  },
  decline: {
    previews: true,
    summary: 'Record that the person declines, in their own words',
    description: 'For the case manager or the supervisor. It costs the person nothing.',
  },
  begin: {
    summary: 'Enter the first day worked',
    description:
      'Within 3 working days of the first day. The programme counts the person on this day. A day up to the last day can also be entered later.',
  },
  month: {
    path: rowPath('public-works', '/months'),
    summary: 'Enter a month’s timesheet and pay from paper',
    description: 'By the 5th of the next month. A month that was entered wrongly is entered again.',
  },
  ending: {
    previews: true,
    summary: 'End the public works before their last day',
    description:
      'The person’s own words end them, as the case manager or the supervisor enters them. So does an organiser without more work. Each other word of the organiser is about the person and is a claim: they go on, and the case manager hears the person within 3 working days.',
  },
  hearing: {
    summary: 'Record the person’s answer to the organiser’s word about them',
    description:
      'If the person confirms it, the public works end. If not, the head of the employment department decides.',
  },
  claimDecision: {
    path: rowPath('public-works', '/claim-decision'),
    previews: true,
    summary: 'Decide whether the organiser’s word about the person stands',
    description: 'For the head of the employment department, where the person contradicted or was not heard.',
  },
});

export const publicWorksRoutes = [list, propose, one, ...commands];
