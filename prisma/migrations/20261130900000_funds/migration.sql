-- Money belongs to a fund: a line, and all that is paid from it. What is on record belongs to the employment fund.
ALTER TABLE "budget_lines" ADD COLUMN "fund" TEXT NOT NULL DEFAULT 'employment';
ALTER TABLE "subsidies" ADD COLUMN "fund" TEXT NOT NULL DEFAULT 'employment';
ALTER TABLE "claims" ADD COLUMN "fund" TEXT NOT NULL DEFAULT 'employment';
ALTER TABLE "recoveries" ADD COLUMN "fund" TEXT NOT NULL DEFAULT 'employment';

-- Absent: the proposal is about no fund's money.
-- A generated column is filled without an UPDATE, after whose triggers the table could not be changed further here.
ALTER TABLE "approvals" ADD COLUMN "fund" TEXT
  GENERATED ALWAYS AS (CASE WHEN "kind" IN ('correction', 'line') THEN 'employment' END) STORED;
ALTER TABLE "approvals" ALTER COLUMN "fund" DROP EXPRESSION;

-- The fund of a finance officer, and of a wait of a finance office. All others have the default.
ALTER TABLE "officials" ADD COLUMN "fund" TEXT NOT NULL DEFAULT 'employment';
ALTER TABLE "tasks" ADD COLUMN "fund" TEXT NOT NULL DEFAULT 'employment';

-- A fund has a statement for each day.
ALTER TABLE "statements" ADD COLUMN "fund" TEXT NOT NULL DEFAULT 'employment',
  ADD COLUMN "day" TEXT NOT NULL GENERATED ALWAYS AS (right("id", 10)) STORED;
ALTER TABLE "statements" ALTER COLUMN "day" DROP EXPRESSION, ALTER COLUMN "day" SET DEFAULT '';
CREATE INDEX "statements_fund_day_idx" ON "statements"("fund", "day");
CREATE FUNCTION day_of_statement() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.day := right(NEW.id, 10);
  RETURN NEW;
END $$;
CREATE TRIGGER statements_day BEFORE INSERT ON "statements" FOR EACH ROW EXECUTE FUNCTION day_of_statement();
ALTER TABLE "statements" ENABLE ALWAYS TRIGGER statements_day;

ALTER TABLE "budget_lines" ADD CONSTRAINT "budget_lines_fund" CHECK ("fund" IN ('employment', 'social_protection'));
ALTER TABLE "statements" ADD CONSTRAINT "statements_fund" CHECK ("fund" IN ('employment', 'social_protection'));

-- A finance officer's lists are read from an index alone, as before: the fund is its last column.
DROP INDEX "subsidies_area_open_programme_state_id_idx", "claims_area_state_id_idx", "recoveries_area_open_state_id_idx",
  "approvals_area_open_kind_state_id_idx";
CREATE INDEX "subsidies_area_open_programme_state_id_fund_idx" ON "subsidies"("area" text_pattern_ops, "open", "programme", "state", "id", "fund");
CREATE INDEX "claims_area_state_id_fund_idx" ON "claims"("area" text_pattern_ops, "state", "id", "fund");
CREATE INDEX "recoveries_area_open_state_id_fund_idx" ON "recoveries"("area" text_pattern_ops, "open", "state", "id", "fund");
CREATE INDEX "approvals_area_open_kind_state_id_fund_idx" ON "approvals"("area" text_pattern_ops, "open", "kind", "state", "id", "fund");
