-- AlterTable
ALTER TABLE "referrals" ADD COLUMN     "finding" JSONB;

-- A referral of somebody who worked there already is over for the case, though the employment officer has not closed it yet.
DROP INDEX referrals_one_open_per_vacancy;
CREATE UNIQUE INDEX referrals_one_in_play_per_vacancy ON referrals (case_id, vacancy_id) WHERE open AND state <> 'worked_there_already';

-- How long the employment officer has for the finding: added to every version on record.
UPDATE policy_versions SET rules = jsonb_set(rules, '{lengths,workedThereFinding}', '{"n": 3, "unit": "workingDays"}')
WHERE NOT rules->'lengths' ? 'workedThereFinding';
