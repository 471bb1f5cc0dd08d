-- Training at a centre, to which a person is referred.
ALTER TABLE "courses" ADD COLUMN   "freed_at" TIMESTAMPTZ(3);
CREATE TABLE "trainings" (
  "id" TEXT NOT NULL,
  "case_id" TEXT NOT NULL,
  "person_id" TEXT NOT NULL,
  "measure" INTEGER NOT NULL,
  "centre_id" TEXT NOT NULL,
  "course_id" TEXT NOT NULL,
  "area" TEXT NOT NULL,
  "case_area" TEXT NOT NULL,
  "state" TEXT NOT NULL,
  "rev" INTEGER NOT NULL DEFAULT 0,
  "open" BOOLEAN NOT NULL DEFAULT true,
  "since" TIMESTAMPTZ(3) NOT NULL,
  "referred_at" TIMESTAMPTZ(3) NOT NULL,
  "wish" TEXT,
  "exception" JSONB,
  "decision" JSONB,
  "listed_on" TEXT,
  "offer" JSONB,
  "passed_at" TIMESTAMPTZ(3),
  "answer" JSONB,
  "admitted_at" TIMESTAMPTZ(3),
  "first_on" TEXT,
  "last_on" TEXT,
  "started_on" TEXT,
  "ended_on" TEXT,
  "came_from" TEXT,
  "claim" JSONB,
  "going_on" JSONB,
  "months" JSONB NOT NULL DEFAULT '[]',
  "interruptions" JSONB NOT NULL DEFAULT '[]',
  "completion" JSONB,
  "placements" JSONB NOT NULL DEFAULT '[]',
  "look_backs" JSONB NOT NULL DEFAULT '[]',
  "refusal" JSONB,
  "adaptation" JSONB,
  "replacement" JSONB,
  "ending" JSONB,
  "ended_at" TIMESTAMPTZ(3),
  "correlation_id" TEXT NOT NULL,
  CONSTRAINT "trainings_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "trainings_case_id_idx" ON "trainings"("case_id");
CREATE INDEX "trainings_person_id_idx" ON "trainings"("person_id");
CREATE INDEX "trainings_course_id_state_idx" ON "trainings"("course_id", "state");
CREATE INDEX "trainings_centre_id_open_state_id_idx" ON "trainings"("centre_id", "open", "state", "id");
CREATE INDEX "trainings_area_open_state_id_idx" ON "trainings"("area" text_pattern_ops, "open", "state", "id");
CREATE INDEX "trainings_case_area_open_state_id_case_id_idx" ON "trainings"("case_area" text_pattern_ops, "open", "state", "id", "case_id");
CREATE INDEX "trainings_state_id_idx" ON "trainings"("state", "id");
CREATE INDEX "trainings_referred_at_id_idx" ON "trainings"("referred_at", "id");
ALTER TABLE "trainings" ADD CONSTRAINT "trainings_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "cases"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "trainings" ADD CONSTRAINT "trainings_centre_id_fkey" FOREIGN KEY ("centre_id") REFERENCES "centres"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "trainings" ADD CONSTRAINT "trainings_course_id_fkey" FOREIGN KEY ("course_id") REFERENCES "courses"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "trainings" ADD CONSTRAINT "trainings_days" CHECK (
  first_on <= last_on AND started_on <= ended_on AND first_on ~ '^\d{4}-\d{2}-\d{2}$' AND last_on ~ '^\d{4}-\d{2}-\d{2}$'
  AND started_on ~ '^\d{4}-\d{2}-\d{2}$' AND ended_on ~ '^\d{4}-\d{2}-\d{2}$');

CREATE SEQUENCE training_number;
CREATE CONSTRAINT TRIGGER trainings_wait AFTER INSERT OR UPDATE ON trainings DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION open_row_has_a_task('training');

UPDATE policy_versions SET rules = jsonb_set(rules, '{lengths}', '{
  "trainingDecision": {"n": 5, "unit": "days"},
  "trainingDecisionByHead": {"n": 5, "unit": "workingDays"},
  "trainingDecisionByDepartment": {"n": 5, "unit": "workingDays"},
  "trainingListAsks": {"n": 5, "unit": "workingDays"},
  "trainingListRolling": {"n": 3, "unit": "months"},
  "trainingNextCourse": {"n": 5, "unit": "workingDays"},
  "trainingAnswer": {"n": 5, "unit": "workingDays"},
  "trainingListAnswer": {"n": 3, "unit": "workingDays"},
  "trainingRollingStart": {"n": 10, "unit": "workingDays"},
  "trainingReminder": {"n": 3, "unit": "days"},
  "trainingClaim": {"n": 5, "unit": "workingDays"},
  "trainingGoesOn": {"n": 5, "unit": "workingDays"},
  "trainingAdaptation": {"n": 10, "unit": "workingDays"},
  "trainingReplacement": {"n": 10, "unit": "workingDays"},
  "trainingMonth": {"n": 5, "unit": "days"},
  "trainingMonthByHead": {"n": 10, "unit": "days"},
  "trainingLow": {"n": 5, "unit": "workingDays"},
  "trainingInterruption": {"n": 5, "unit": "workingDays"},
  "trainingCompletion": {"n": 5, "unit": "workingDays"},
  "trainingCompletionByHead": {"n": 5, "unit": "workingDays"},
  "trainingHelp": {"n": 28, "unit": "days"},
  "trainingHelpByHead": {"n": 5, "unit": "workingDays"}
}'::jsonb || (rules->'lengths'));
