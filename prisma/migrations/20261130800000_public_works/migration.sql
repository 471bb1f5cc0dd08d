-- Paid public works to which a person is referred.
CREATE TABLE "public_works" (
  "id" TEXT NOT NULL,
  "case_id" TEXT NOT NULL,
  "person_id" TEXT NOT NULL,
  "measure" INTEGER NOT NULL,
  "area" TEXT NOT NULL,
  "state" TEXT NOT NULL,
  "rev" INTEGER NOT NULL DEFAULT 0,
  "open" BOOLEAN NOT NULL DEFAULT true,
  "since" TIMESTAMPTZ(3) NOT NULL,
  "proposed_at" TIMESTAMPTZ(3) NOT NULL,
  "wish" TEXT,
  "exception" JSONB,
  "employer_id" TEXT,
  "work" TEXT,
  "title" TEXT,
  "hours_per_week" INTEGER,
  "conditions" TEXT[],
  "first_on" TEXT,
  "last_on" TEXT,
  "pay" BIGINT,
  "agreed_at" TIMESTAMPTZ(3),
  "started_on" TEXT,
  "ended_on" TEXT,
  "months" JSONB NOT NULL DEFAULT '[]',
  "claim" JSONB,
  "ending" JSONB,
  "ended_at" TIMESTAMPTZ(3),
  "correlation_id" TEXT NOT NULL,

  CONSTRAINT "public_works_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "public_works_case_id_idx" ON "public_works"("case_id");
CREATE INDEX "public_works_person_id_idx" ON "public_works"("person_id");
CREATE INDEX "public_works_employer_id_open_id_idx" ON "public_works"("employer_id", "open", "id");
CREATE INDEX "public_works_area_open_state_id_case_id_idx" ON "public_works"("area" text_pattern_ops, "open", "state", "id", "case_id");
CREATE INDEX "public_works_state_id_idx" ON "public_works"("state", "id");
CREATE INDEX "public_works_proposed_at_id_idx" ON "public_works"("proposed_at", "id");
ALTER TABLE "public_works" ADD CONSTRAINT "public_works_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "cases"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "public_works" ADD CONSTRAINT "public_works_days" CHECK (
  first_on <= last_on AND started_on <= ended_on AND first_on ~ '^\d{4}-\d{2}-\d{2}$' AND last_on ~ '^\d{4}-\d{2}-\d{2}$'
  AND started_on ~ '^\d{4}-\d{2}-\d{2}$' AND ended_on ~ '^\d{4}-\d{2}-\d{2}$');

CREATE SEQUENCE public_works_number;
CREATE CONSTRAINT TRIGGER public_works_wait AFTER INSERT OR UPDATE ON public_works DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION open_row_has_a_task('public-works');

UPDATE policy_versions SET rules = jsonb_set(rules, '{lengths}', '{
  "worksPlace": {"n": 5, "unit": "workingDays"},
  "worksPlaceByHead": {"n": 5, "unit": "workingDays"},
  "worksBegin": {"n": 3, "unit": "workingDays"},
  "worksMonth": {"n": 5, "unit": "days"},
  "worksClaim": {"n": 5, "unit": "workingDays"},
  "worksNextStep": {"n": 10, "unit": "workingDays"}
}'::jsonb || (rules->'lengths'));
