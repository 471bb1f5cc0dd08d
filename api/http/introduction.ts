import type { Role } from '../../domain/roles';
import { languages } from '../../domain/words/languages';
import { PREFIX } from './mount';

/** One request of the first case, with its real body. */
export interface Step {
  by: Role;
  /** The method and the path as it is called. */
  call: string;
  body?: object;
  words: string;
}

/** A first case by hand, on the sample data. The tests play it. */
export const firstCase: readonly Step[] = [
  {
    by: 'case_manager',
    call: 'GET /people?recommendation=valid&case=no',
    words: 'Find the people of the mahalla who have a work recommendation and no case.',
  },
  {
    by: 'case_manager',
    call: 'POST /people/P-000003/visits',
    body: { on: '2026-03-02', offered: ['sewing'], wish: 'job' },
    words: 'Record the visit. Write today’s day as `on`.',
  },
  {
    by: 'case_manager',
    call: 'POST /cases',
    body: { person: 'P-000003', consent: { by: 'person' }, personsWish: 'Sewing, near home.' },
    words:
      'Open the case with the person’s consent. The answer has its number, `waitingFor` (who owes the next act, until when, and what follows) and `allowedActions` (your next commands).',
  },
  {
    by: 'case_manager',
    call: 'PUT /cases/C-000001/assessment',
    body: {
      capabilities: 'Sews and embroiders.',
      needs: 'Good light.',
      wishes: 'Sewing, near home.',
      conditions: 'Light manual work, 40 hours a week.',
      barriers: 'None.',
    },
    words: 'Record the assessment.',
  },
  {
    by: 'case_manager',
    call: 'PUT /cases/C-000001/plan',
    body: { measures: [{ kind: 'job' }], services: [] },
    words: 'Write the plan.',
  },
  {
    by: 'case_manager',
    call: 'GET /cases/C-000001/matches',
    words: 'Read the jobs that fit the person, with the reasons in words.',
  },
  {
    by: 'case_manager',
    call: 'POST /cases/C-000001/referrals',
    body: { vacancy: 'V-000001' },
    words: 'Refer the person to a job. From this day the employer has 5 days to answer.',
  },
  {
    by: 'employer',
    call: 'GET /tasks',
    words: 'The employer finds the referral on its worklist.',
  },
  {
    by: 'employer',
    call: 'POST /referrals/R-000001/decision',
    body: { decision: 'accept', startOn: '2026-03-16' },
    words: 'The employer accepts. Write a day of the next 30 days as `startOn`.',
  },
  {
    by: 'employer',
    call: 'POST /referrals/R-000001/contract',
    body: { contract: 'K-17' },
    words:
      'The employer tells the contract. The labour register is asked at once. When it confirms the contract, the case is `employed`, and monthly checks follow. A simulated register first has to be told of the contract (docs/tour.md).',
  },
  {
    by: 'case_manager',
    call: 'GET /cases/C-000001/timeline',
    words: 'Read what happened, in words: who acted, in which role, when, and why.',
  },
];

const roleWords: Readonly<Record<Role, string>> = {
  case_manager: 'the social worker of a mahalla: visits, cases, plans, referrals',
  supervisor: 'oversees the case managers of a district, and gives the consents',
  employer: 'acts for one enterprise: jobs, answers to referrals, contracts, subsidies',
  training_officer:
    'a centre of vocational training and its courses: decisions on referrals, attendance, completion, help into work',
  employment_officer: 'the employment office of a district: employers, jobs, reviews of subsidies',
  labour_inspector: 'the inspectorate of a region: inspections and directives',
  finance_officer: 'the finance office of a region and fund: claims, payments, budget lines',
  auditor: 'reads cases, money and reports, and the chain of evidence of each payment',
  administrator: 'officials, calendar, policies, territories, vocabularies',
};

const list = (items: readonly string[]): string => items.map((item) => `- ${item}`).join('\n');

const shown = ({ by, call, body, words }: Step, n: number): string =>
  [
    `**${n + 1}.** ${words}`,
    ['```', `${call}    (${by})`, ...(body ? [JSON.stringify(body, null, 2)] : []), '```'].join('\n'),
  ].join('\n\n');

/** The first part of the reference: what an integrator reads before the routes. Markdown. */
export const introduction = `From a social worker’s visit to a job kept for six months, and the employer’s subsidy for that job.
All paths begin with \`${PREFIX}\`. The document is at [/openapi.json](/openapi.json).

## Who calls

A token names one role. Each route says after *For* which roles may call it.

${list(Object.entries(roleWords).map(([role, words]) => `\`${role}\`: ${words}`))}

Inspectors, employment officers, finance officers and the officers of a centre also have heads (rank \`head\`). An official sees the rows of their area only.

## Where a token comes from

Send each request with \`Authorization: Bearer <token>\`. A token is a JWT of the installation’s issuer. Its claims are
\`sub\` (the official’s id), \`role\`, \`rank\` and \`area\` (a SOATO code), and for employers \`employer\` (the STIR).
An administrator records the official under the same id first (\`POST /officials\`).

For development, \`npm start\` prints a token for each role. Later:

\`\`\`
node tools/run.mjs tools/tokens.ts --role case_manager
\`\`\`

To try routes on this page, press *Authorize* and paste the token.

## How the routes work

${list([
  'A command takes `Idempotency-Key`. After a time-out or a 503 send it again with the same key and body: it is carried out once, and the answer is the same. Months later the answer is the row as it stands, or its number where nothing shows it alone; of a refusal only the code is left.',
  'An edit takes `If-Match` with the `ETag` of the row that was read. If the row has changed since, the answer is 412. Without `If-Match` the edit is made in any case.',
  'A list has `items`, `next` and `total` (the number of all items, up to 10,000). Send `next` as `cursor` for the next page. On the last page it is null. A filter that is left out filters nothing.',
  'Each row that waits shows `waitingFor` and `allowedActions`. Offer people only these actions. The route of an action names it under `x-actions` in the document.',
  '`notAllowed` names an action that is not possible for another reason than the state, with a `code` and the words for people.',
  'A command that cannot be undone takes `?preview=true`. The answer tells what would open, begin and end, by names and days, and who would be told. Nothing is written.',
  'Under each row that waits, `/messages` lists the messages about it: to whom, when, in which language, and whether they arrived.',
  'A refusal is a problem (RFC 9457). Programs read its `code`. People read its `detail`, and `errors` has an entry for each wrong field.',
  `Words come in the most wanted language of \`Accept-Language\` that is ours (${languages.map((tag) => `\`${tag}\``).join(', ')}), else in the caller’s own. \`Content-Language\` names it.`,
  'Events, tasks, waits, messages and `notAllowed` are in that language. The `detail` of most other refusals is English for now. Its `code` does not change.',
  'Days are `YYYY-MM-DD` in Tashkent. Instants are in UTC. Sums are whole so’m.',
])}

## A first case by hand

These requests work on the sample data that \`npm start\` loads. The numbers are those of a fresh start.

${firstCase.map(shown).join('\n\n')}
`;

/** What each group of routes is about. */
export const tagWords: Readonly<Record<string, string>> = {
  people: 'Records of people, their visits, and records of one person that are joined.',
  cases: 'A person’s case: assessment, plan, referrals, closure.',
  referrals: 'A referral to a job, and the employer’s answer.',
  inspections: 'What the labour inspectorate examines: refusals, silence, contracts that do not come.',
  employments: 'A job that began, its monthly checks and its end.',
  'public-works': 'Paid public works: the place, the first day, the months, the end.',
  trainings: 'Training at a centre: the referral to a course, the place, the first day, what follows.',
  businesses: 'A person’s own business: registration, monthly checks, the end.',
  marks: 'Whether the mark of hand-made goods is valid, for everybody.',
  subsidies: 'Wage subsidies, from the application to the last month.',
  claims: 'One month of a subsidy: declared, confirmed, approved, paid.',
  adaptations: 'The costs of adapting workplaces.',
  stipends: 'The stipends of persons who study.',
  'start-subsidies': 'The start subsidies of persons who begin to work for themselves.',
  tasks: 'The worklist of the caller.',
  approvals: 'What one person proposes and another decides.',
  recoveries: 'Overpayments that are demanded back.',
  budget: 'Budget lines and the ledger.',
  employers: 'Enterprises, their accounts and successors.',
  vacancies: 'Jobs that employers offer.',
  centres: 'Places of vocational training.',
  courses: 'Courses that the centres offer.',
  vocabularies: 'Codes and words of kinds of work, conditions and skills.',
  territories: 'Regions, districts and mahallas.',
  calendar: 'Working days and days off.',
  policies: 'The numbers of the law, dated and decided by two persons.',
  officials: 'The people of the offices.',
  reports: 'Counts by region, and the treasury’s statement beside the ledger.',
  registers: 'News that registers send.',
  administration: 'Commands that a fault stopped.',
};
