-- Money is paid to a payee: an employer, or a person.
ALTER TABLE "subsidies" ALTER COLUMN "employer_id" DROP NOT NULL,
  ADD COLUMN "payee" TEXT NOT NULL GENERATED ALWAYS AS (coalesce('employer/' || "employer_id", 'person/' || "person_id")) STORED;

ALTER TABLE "claims" ALTER COLUMN "employer_id" DROP NOT NULL, ADD COLUMN "person_id" TEXT,
  ADD COLUMN "payee" TEXT NOT NULL GENERATED ALWAYS AS (coalesce('employer/' || "employer_id", 'person/' || "person_id")) STORED;
CREATE INDEX "claims_payee_open_idx" ON "claims"("payee", "open");

ALTER TABLE "recoveries" ALTER COLUMN "employer_id" DROP NOT NULL, ADD COLUMN "person_id" TEXT,
  ADD COLUMN "payee" TEXT NOT NULL GENERATED ALWAYS AS (coalesce('employer/' || "employer_id", 'person/' || "person_id")) STORED;
CREATE INDEX "recoveries_payee_state_idx" ON "recoveries"("payee", "state");

-- A month's entitlement is one row for each payee, person, month and slot.
ALTER TABLE "entitlements" ALTER COLUMN "employer_id" DROP NOT NULL,
  ADD COLUMN "payee" TEXT NOT NULL GENERATED ALWAYS AS (coalesce('employer/' || "employer_id", 'person/' || "person_id")) STORED;
DROP INDEX "entitlements_person_id_employer_id_month_slot_key";
CREATE UNIQUE INDEX "entitlements_payee_person_id_month_slot_key" ON "entitlements"("payee", "person_id", "month", "slot");

-- The values stay, and a trigger keeps them.
ALTER TABLE "subsidies" ALTER COLUMN "payee" DROP EXPRESSION, ALTER COLUMN "payee" SET DEFAULT '';
ALTER TABLE "claims" ALTER COLUMN "payee" DROP EXPRESSION, ALTER COLUMN "payee" SET DEFAULT '';
ALTER TABLE "recoveries" ALTER COLUMN "payee" DROP EXPRESSION, ALTER COLUMN "payee" SET DEFAULT '';
ALTER TABLE "entitlements" ALTER COLUMN "payee" DROP EXPRESSION, ALTER COLUMN "payee" SET DEFAULT '';
CREATE TRIGGER subsidies_payee BEFORE INSERT OR UPDATE ON "subsidies" FOR EACH ROW EXECUTE FUNCTION payee_of_row();
CREATE TRIGGER claims_payee BEFORE INSERT OR UPDATE ON "claims" FOR EACH ROW EXECUTE FUNCTION payee_of_row();
CREATE TRIGGER recoveries_payee BEFORE INSERT OR UPDATE ON "recoveries" FOR EACH ROW EXECUTE FUNCTION payee_of_row();
CREATE TRIGGER entitlements_payee BEFORE INSERT OR UPDATE ON "entitlements" FOR EACH ROW EXECUTE FUNCTION payee_of_row();
ALTER TABLE "subsidies" ENABLE ALWAYS TRIGGER subsidies_payee;
ALTER TABLE "claims" ENABLE ALWAYS TRIGGER claims_payee;
ALTER TABLE "recoveries" ENABLE ALWAYS TRIGGER recoveries_payee;
ALTER TABLE "entitlements" ENABLE ALWAYS TRIGGER entitlements_payee;

-- Accounts are found by their payee now.
DROP INDEX "accounts_employer_id_state_idx";
