import policies from '../../prisma/data/policies.json';
import type { Picture } from './picture';
import { pathwayOf, type RowKind } from '../../domain/pathways';
import { stagesOf } from '../../records/kernel/kinds';
import { kindOf, type Lengths } from './tables';

/** The lengths of the newest policy. */
const lengths = policies.at(-1)?.rules.lengths as Lengths;

const kind = (title: string, row: RowKind) => kindOf(title, pathwayOf(row), stagesOf(row), lengths);

const referral = kind('A referral (up to three at once)', 'referral');
const job = kind('A job, checked every month for six months', 'retention');
const training = kind('Training at a centre', 'training');
const business = kind('An own business, checked every month for six months', 'business');
const publicWorks = kind('Paid public works', 'public-works');

/** The pictures of the documentation by file. */
export const pictures: Readonly<Record<string, Picture>> = {
  'docs/pathway.svg': {
    title: 'The pathway: from a visit to work, training, an own business or public works',
    doors: [
      { door: 'A job', kinds: [referral, job] },
      { door: 'Training', kinds: [training] },
      { door: 'An own business', kinds: [business] },
      { door: 'Public works', kinds: [publicWorks] },
    ],
    kinds: [
      kind('The case', 'case'),
      referral,
      kind('An inspection (it never holds the person up)', 'inspection'),
      job,
      training,
      business,
      publicWorks,
    ],
  },
  'docs/money.svg': {
    title: "The money: from an employer's application to the last payment",
    kinds: [
      kind('A subsidy: for wages, or for an adapted workplace', 'subsidy'),
      kind('The stipend of a person who studies', 'stipend'),
      kind('The costs of the registration of an own business', 'start-subsidy'),
      kind('A claim for each month', 'claim'),
      kind('What two persons decide', 'approval'),
      kind('An overpayment', 'recovery'),
      kind('A budget line of a year', 'line'),
      kind("The treasury's statement of a day", 'statement'),
      kind('News that a register pushed', 'news'),
    ],
  },
};
