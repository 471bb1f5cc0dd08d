-- The referral's earlier decisions, the agreed change of its start day, and the extension of the employer's time.
ALTER TABLE "referrals" ADD COLUMN     "earlier_decisions" JSONB NOT NULL DEFAULT '[]',
ADD COLUMN     "extension" JSONB,
ADD COLUMN     "start_change" JSONB;

-- The steps of an examination, and resolutions that were withdrawn.
ALTER TABLE "inspections" ADD COLUMN     "earlier_resolutions" JSONB NOT NULL DEFAULT '[]',
ADD COLUMN     "steps" JSONB NOT NULL DEFAULT '[]';

-- Declarations that the employer has corrected.
ALTER TABLE "claims" ADD COLUMN     "earlier_declarations" JSONB NOT NULL DEFAULT '[]';

-- Lengths of the new waits: added to every version on record.
UPDATE policy_versions SET rules = jsonb_set(rules, '{lengths,startAnswer}', '{"n": 3, "unit": "workingDays"}')
WHERE NOT rules->'lengths' ? 'startAnswer';
UPDATE policy_versions SET rules = jsonb_set(rules, '{lengths,extensionAnswer}', '{"n": 1, "unit": "workingDays"}')
WHERE NOT rules->'lengths' ? 'extensionAnswer';
UPDATE policy_versions SET rules = jsonb_set(rules, '{lengths,explanation}', '{"n": 5, "unit": "workingDays"}')
WHERE NOT rules->'lengths' ? 'explanation';
UPDATE policy_versions SET rules = jsonb_set(rules, '{lengths,resolutionWithdrawal}', '{"n": 3, "unit": "workingDays"}')
WHERE NOT rules->'lengths' ? 'resolutionWithdrawal';
