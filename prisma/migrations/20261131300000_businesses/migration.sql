-- A person's own business: its registration and its monthly checks.
CREATE TABLE "businesses" (
  "id" TEXT NOT NULL,
  "case_id" TEXT NOT NULL,
  "person_id" TEXT NOT NULL,
  "measure" INTEGER NOT NULL,
  "area" TEXT NOT NULL,
  "state" TEXT NOT NULL,
  "rev" INTEGER NOT NULL DEFAULT 0,
  "open" BOOLEAN NOT NULL DEFAULT true,
  "since" TIMESTAMPTZ(3) NOT NULL,
  "prepared_at" TIMESTAMPTZ(3) NOT NULL,
  "wish" TEXT,
  "form" TEXT,
  "trade" TEXT,
  "first_on" TEXT,
  "number" TEXT,
  "proof" TEXT,
  "confirmed_at" TIMESTAMPTZ(3),
  "started_on" TEXT,
  "months" INTEGER,
  "ending" JSONB,
  "last_on" TEXT,
  "end_reason" TEXT,
  "ended_at" TIMESTAMPTZ(3),
  "correlation_id" TEXT NOT NULL,

  CONSTRAINT "businesses_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "businesses_case_id_idx" ON "businesses"("case_id");
CREATE INDEX "businesses_person_id_idx" ON "businesses"("person_id");
CREATE INDEX "businesses_area_open_state_id_case_id_idx" ON "businesses"("area" text_pattern_ops, "open", "state", "id", "case_id");
CREATE INDEX "businesses_state_id_idx" ON "businesses"("state", "id");
CREATE INDEX "businesses_prepared_at_id_idx" ON "businesses"("prepared_at", "id");
ALTER TABLE "businesses" ADD CONSTRAINT "businesses_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "cases"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "businesses" ADD CONSTRAINT "businesses_days" CHECK (
  started_on = first_on AND first_on ~ '^\d{4}-\d{2}-\d{2}$' AND last_on ~ '^\d{4}-\d{2}-\d{2}$' AND started_on <= last_on);

CREATE TABLE "business_checks" (
  "business_id" TEXT NOT NULL,
  "n" INTEGER NOT NULL,
  "on" TEXT NOT NULL,
  "state" TEXT NOT NULL,
  "answer" JSONB,
  "answered_at" TIMESTAMPTZ(3),
  "conversation" JSONB,

  CONSTRAINT "business_checks_pkey" PRIMARY KEY ("business_id", "n")
);
ALTER TABLE "business_checks" ADD CONSTRAINT "business_checks_business_id_fkey" FOREIGN KEY ("business_id") REFERENCES "businesses"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE SEQUENCE business_number;
CREATE CONSTRAINT TRIGGER businesses_wait AFTER INSERT OR UPDATE ON businesses DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION open_row_has_a_task('business');

UPDATE policy_versions SET rules = jsonb_set(rules, '{lengths}', '{
  "businessPreparation": {"n": 10, "unit": "workingDays"},
  "businessRegistration": {"n": 3, "unit": "months"},
  "businessAskAgain": {"n": 5, "unit": "workingDays"}
}'::jsonb || (rules->'lengths'));
