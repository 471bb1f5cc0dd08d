-- AlterTable
ALTER TABLE "recoveries" ADD COLUMN     "reason" TEXT,
ADD COLUMN     "repay_to" JSONB;

-- The fund's account that an overpayment is repaid to: added to every version on record. An administrator proposes the true one.
UPDATE policy_versions
SET rules = jsonb_set(rules, '{fundAccount}', '{"holder": "State Employment Fund", "number": "23402000000000000000", "mfo": "00014"}')
WHERE NOT rules ? 'fundAccount';

-- The programme report reads orders by their day. The column measures.subsidised is read no more.
CREATE INDEX subsidies_order_date ON subsidies (("order"->>'date'));
