-- An account belongs to a payee: an employer, or a person. Its holder is an enterprise, or a person by their PINFL.
ALTER TABLE "accounts" ALTER COLUMN "employer_id" DROP NOT NULL, ALTER COLUMN "holder_stir" DROP NOT NULL,
  ADD COLUMN "person_id" TEXT, ADD COLUMN "holder_pinfl" TEXT,
  ADD COLUMN "payee" TEXT NOT NULL GENERATED ALWAYS AS (coalesce('employer/' || "employer_id", 'person/' || "person_id")) STORED;
ALTER TABLE "accounts" ALTER COLUMN "payee" DROP EXPRESSION, ALTER COLUMN "payee" SET DEFAULT '';
CREATE FUNCTION payee_of_row() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.payee := coalesce('employer/' || NEW.employer_id, 'person/' || NEW.person_id, '');
  RETURN NEW;
END $$;
CREATE TRIGGER accounts_payee BEFORE INSERT OR UPDATE ON "accounts" FOR EACH ROW EXECUTE FUNCTION payee_of_row();
ALTER TABLE "accounts" ENABLE ALWAYS TRIGGER accounts_payee;
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_one_payee" CHECK (num_nonnulls("employer_id", "person_id") = 1),
  ADD CONSTRAINT "accounts_one_holder" CHECK (num_nonnulls("holder_stir", "holder_pinfl") = 1);
DROP INDEX "accounts_one_confirmed";
CREATE INDEX "accounts_payee_state_idx" ON "accounts"("payee", "state");
CREATE UNIQUE INDEX accounts_one_confirmed ON accounts (payee) WHERE state = 'confirmed';
CREATE INDEX "accounts_number_mfo_idx" ON "accounts"("number", "mfo");

-- The number before the last change of a person's telephone, and the day of the change.
ALTER TABLE "people" ADD COLUMN "phone_before" TEXT, ADD COLUMN "phone_changed_on" TEXT;

-- Known of some officials, and shown to nobody: money for another person does not go to an official.
ALTER TABLE "officials" ADD COLUMN "pinfl" TEXT;
CREATE INDEX "officials_pinfl_idx" ON "officials"("pinfl");
