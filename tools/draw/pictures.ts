import policies from '../../prisma/data/policies.json';
import { approvalPathway } from '../../domain/pathways/approval';
import { casePathway } from '../../domain/pathways/case';
import { claimPathway } from '../../domain/pathways/claim';
import { employmentPathway } from '../../domain/pathways/employment';
import { inspectionPathway } from '../../domain/pathways/inspection';
import { linePathway } from '../../domain/pathways/line';
import { recoveryPathway } from '../../domain/pathways/recovery';
import { referralPathway } from '../../domain/pathways/referral';
import { statementPathway } from '../../domain/pathways/statement';
import { subsidyPathway } from '../../domain/pathways/subsidy';
import type { Picture } from './picture';
import * as stages from './stages';
import { kindOf, type Lengths } from './tables';

/** The lengths of the newest policy. */
const lengths = policies.at(-1)?.rules.lengths as Lengths;

/** The pictures of the documentation by file. */
export const pictures: Readonly<Record<string, Picture>> = {
  'docs/pathway.svg': {
    title: 'The pathway: from a visit to a job kept for six months',
    kinds: [
      kindOf('The case', casePathway, stages.caseStages, lengths),
      kindOf('A referral (up to three at once)', referralPathway, stages.referralStages, lengths),
      kindOf(
        'An inspection (it never holds the person up)',
        inspectionPathway,
        stages.inspectionStages,
        lengths,
      ),
      kindOf('A job, checked every month for six months', employmentPathway, stages.retentionStages, lengths),
    ],
  },
  'docs/money.svg': {
    title: "The money: from an employer's application to the last payment",
    kinds: [
      kindOf(
        'A subsidy: for wages, or for an adapted workplace',
        subsidyPathway,
        stages.subsidyStages,
        lengths,
      ),
      kindOf('A claim for each month', claimPathway, stages.claimStages, lengths),
      kindOf('What two persons decide', approvalPathway, stages.approvalStages, lengths),
      kindOf('An overpayment', recoveryPathway, stages.recoveryStages, lengths),
      kindOf('A budget line of a year', linePathway, stages.lineStages, lengths),
      kindOf("The treasury's statement of a day", statementPathway, stages.statementStages, lengths),
    ],
  },
};
