-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "territories" (
    "code" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "parent" TEXT,
    "name_latn" TEXT NOT NULL,
    "name_cyrl" TEXT,

    CONSTRAINT "territories_pkey" PRIMARY KEY ("code")
);

-- CreateTable
CREATE TABLE "officials" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "rank" TEXT NOT NULL DEFAULT 'officer',
    "area" TEXT NOT NULL,
    "phone" TEXT,
    "email" TEXT,
    "left_on" TEXT,

    CONSTRAINT "officials_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "people" (
    "id" TEXT NOT NULL,
    "pinfl" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "birth" TEXT NOT NULL,
    "sex" TEXT NOT NULL,
    "mahalla" TEXT NOT NULL,
    "address" TEXT,
    "phone" TEXT,
    "email" TEXT,
    "guardian" JSONB,
    "skills" TEXT[],
    "wishes" JSONB,
    "recommendation" JSONB,
    "recommended_until" TEXT,
    "works" JSONB,
    "died_on" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "people_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "visits" (
    "id" BIGSERIAL NOT NULL,
    "person_id" TEXT NOT NULL,
    "on" TEXT NOT NULL,
    "offered" TEXT[],
    "wish" TEXT NOT NULL,
    "note" TEXT,
    "come_again_on" TEXT,
    "by_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "visits_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "employers" (
    "id" TEXT NOT NULL,
    "stir" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "district" TEXT NOT NULL,
    "phone" TEXT,
    "email" TEXT,
    "ownership" TEXT NOT NULL DEFAULT 'private',
    "employees" INTEGER,
    "week" TEXT NOT NULL DEFAULT 'five',
    "state" TEXT NOT NULL DEFAULT 'active',
    "ended_on" TEXT,
    "successor_id" TEXT,

    CONSTRAINT "employers_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "vacancies" (
    "id" TEXT NOT NULL,
    "employer_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "work" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "places" INTEGER NOT NULL,
    "taken" INTEGER NOT NULL DEFAULT 0,
    "conditions" TEXT[],
    "skills" TEXT[],
    "hours_per_week" INTEGER NOT NULL,
    "wage" BIGINT NOT NULL,
    "district" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'open',
    "filled_at" TIMESTAMPTZ(3),
    "filled_how" TEXT,

    CONSTRAINT "vacancies_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "calendar" (
    "date" TEXT NOT NULL,
    "week" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "status" TEXT NOT NULL,

    CONSTRAINT "calendar_pkey" PRIMARY KEY ("date","week")
);

-- CreateTable
CREATE TABLE "calendar_changes" (
    "id" TEXT NOT NULL,
    "date" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "state" TEXT NOT NULL,
    "rev" INTEGER NOT NULL DEFAULT 0,
    "open" BOOLEAN NOT NULL DEFAULT true,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "moved" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "calendar_changes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "cases" (
    "id" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "area" TEXT NOT NULL,
    "manager_id" TEXT,
    "state" TEXT NOT NULL,
    "rev" INTEGER NOT NULL DEFAULT 0,
    "open" BOOLEAN NOT NULL DEFAULT true,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "consent" JSONB NOT NULL,
    "persons_wish" TEXT,
    "eligibility" TEXT NOT NULL,
    "evidence" JSONB,
    "assessment" JSONB,
    "plan" JSONB,
    "planned_at" TIMESTAMPTZ(3),
    "found_alone" JSONB,
    "moves_to" TEXT,
    "closure_asked" JSONB,
    "closure" JSONB,
    "outcome" TEXT,
    "closed_at" TIMESTAMPTZ(3),
    "correlation_id" TEXT NOT NULL,

    CONSTRAINT "cases_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "measures" (
    "case_id" TEXT NOT NULL,
    "n" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "subsidised" BOOLEAN NOT NULL DEFAULT false,
    "provider" TEXT,
    "due_on" TEXT,
    "started_on" TEXT,
    "ended_on" TEXT,
    "outcome" TEXT,
    "region" TEXT,

    CONSTRAINT "measures_pkey" PRIMARY KEY ("case_id","n")
);

-- CreateTable
CREATE TABLE "referrals" (
    "id" TEXT NOT NULL,
    "case_id" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "vacancy_id" TEXT NOT NULL,
    "employer_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "measure" INTEGER NOT NULL,
    "area" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "rev" INTEGER NOT NULL DEFAULT 0,
    "open" BOOLEAN NOT NULL DEFAULT true,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "issued_at" TIMESTAMPTZ(3) NOT NULL,
    "delivered_at" TIMESTAMPTZ(3),
    "delivered_how" TEXT,
    "decision" JSONB,
    "decided_at" TIMESTAMPTZ(3),
    "hearing" JSONB,
    "start_on" TEXT,
    "contract" JSONB,
    "outcome" TEXT,
    "ended_at" TIMESTAMPTZ(3),
    "exception" JSONB,
    "correlation_id" TEXT NOT NULL,

    CONSTRAINT "referrals_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "inspections" (
    "id" TEXT NOT NULL,
    "referral_id" TEXT,
    "employment_id" TEXT,
    "case_id" TEXT,
    "person_id" TEXT NOT NULL,
    "employer_id" TEXT NOT NULL,
    "ground" TEXT NOT NULL,
    "job_kind" TEXT NOT NULL,
    "area" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "rev" INTEGER NOT NULL DEFAULT 0,
    "open" BOOLEAN NOT NULL DEFAULT true,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "facts" JSONB NOT NULL,
    "late_decision" JSONB,
    "finding_only" TEXT,
    "resolution" JSONB,
    "resolved_at" TIMESTAMPTZ(3),
    "start_on" TEXT,
    "breached_at" TIMESTAMPTZ(3),
    "measure" JSONB,
    "measured_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "correlation_id" TEXT NOT NULL,

    CONSTRAINT "inspections_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "employments" (
    "id" TEXT NOT NULL,
    "case_id" TEXT,
    "person_id" TEXT NOT NULL,
    "employer_id" TEXT NOT NULL,
    "referral_id" TEXT,
    "measure" INTEGER,
    "contract" TEXT,
    "hired_on" TEXT NOT NULL,
    "confirmed_at" TIMESTAMPTZ(3) NOT NULL,
    "how" TEXT NOT NULL,
    "proof" TEXT NOT NULL,
    "area" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "rev" INTEGER NOT NULL DEFAULT 0,
    "open" BOOLEAN NOT NULL DEFAULT true,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "ending" JSONB,
    "ended_on" TEXT,
    "end_reason" TEXT,
    "ended_at" TIMESTAMPTZ(3),
    "correlation_id" TEXT NOT NULL,

    CONSTRAINT "employments_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "checks" (
    "employment_id" TEXT NOT NULL,
    "n" INTEGER NOT NULL,
    "on" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "answer" JSONB,
    "answered_at" TIMESTAMPTZ(3),
    "conversation" JSONB,

    CONSTRAINT "checks_pkey" PRIMARY KEY ("employment_id","n")
);

-- CreateTable
CREATE TABLE "tasks" (
    "id" BIGSERIAL NOT NULL,
    "subject" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "ref" TEXT NOT NULL DEFAULT '',
    "role" TEXT NOT NULL,
    "rank" TEXT,
    "area" TEXT NOT NULL,
    "assignee_id" TEXT,
    "employer_id" TEXT,
    "case_id" TEXT,
    "person_id" TEXT,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "due" TIMESTAMPTZ(3),
    "rule" JSONB,
    "paused" JSONB,
    "rung" INTEGER NOT NULL DEFAULT 0,
    "next_at" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "escalated" INTEGER NOT NULL DEFAULT 0,
    "extended" BOOLEAN NOT NULL DEFAULT false,
    "closed_at" TIMESTAMPTZ(3),
    "closed_how" TEXT,

    CONSTRAINT "tasks_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "events" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "type" TEXT NOT NULL,
    "params" JSONB NOT NULL,
    "grounds" TEXT,
    "actor_id" TEXT NOT NULL,
    "actor_role" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "case_id" TEXT,
    "person_id" TEXT,
    "employer_id" TEXT,
    "correlation_id" TEXT NOT NULL,

    CONSTRAINT "events_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notices" (
    "key" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "params" JSONB NOT NULL,
    "recipient" TEXT NOT NULL,
    "recipient_id" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "why" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "notices_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "outbox" (
    "id" BIGSERIAL NOT NULL,
    "subject" TEXT NOT NULL,
    "target" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "outbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "commands" (
    "id" TEXT NOT NULL,
    "caller_id" TEXT NOT NULL,
    "route" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "body_hash" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "body" JSONB NOT NULL,
    "actor" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "state" TEXT NOT NULL,
    "status" INTEGER,
    "answer" JSONB,
    "done_at" TIMESTAMPTZ(3),
    "correlation_id" TEXT NOT NULL,

    CONSTRAINT "commands_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "register_answers" (
    "id" BIGSERIAL NOT NULL,
    "register" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "answer" TEXT NOT NULL,
    "raw" TEXT,

    CONSTRAINT "register_answers_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "news" (
    "id" TEXT NOT NULL,
    "register" TEXT NOT NULL,
    "event" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "body" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "state" TEXT NOT NULL,
    "rev" INTEGER NOT NULL DEFAULT 0,
    "open" BOOLEAN NOT NULL DEFAULT true,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "correlation_id" TEXT NOT NULL,

    CONSTRAINT "news_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "clock_offset" (
    "id" INTEGER NOT NULL,
    "ms" BIGINT NOT NULL,

    CONSTRAINT "clock_offset_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "territories_parent_idx" ON "territories"("parent");

-- CreateIndex
CREATE INDEX "officials_role_area_idx" ON "officials"("role", "area");

-- CreateIndex
CREATE UNIQUE INDEX "people_pinfl_key" ON "people"("pinfl");

-- CreateIndex
CREATE INDEX "people_mahalla_idx" ON "people"("mahalla");

-- CreateIndex
CREATE INDEX "visits_person_id_on_idx" ON "visits"("person_id", "on");

-- CreateIndex
CREATE UNIQUE INDEX "employers_stir_key" ON "employers"("stir");

-- CreateIndex
CREATE INDEX "employers_district_idx" ON "employers"("district");

-- CreateIndex
CREATE INDEX "vacancies_employer_id_idx" ON "vacancies"("employer_id");

-- CreateIndex
CREATE INDEX "vacancies_district_state_idx" ON "vacancies"("district", "state");

-- CreateIndex
CREATE INDEX "cases_area_open_idx" ON "cases"("area", "open");

-- CreateIndex
CREATE INDEX "cases_person_id_idx" ON "cases"("person_id");

-- CreateIndex
CREATE INDEX "measures_started_on_idx" ON "measures"("started_on");

-- CreateIndex
CREATE INDEX "referrals_case_id_idx" ON "referrals"("case_id");

-- CreateIndex
CREATE INDEX "referrals_employer_id_open_idx" ON "referrals"("employer_id", "open");

-- CreateIndex
CREATE INDEX "referrals_vacancy_id_open_idx" ON "referrals"("vacancy_id", "open");

-- CreateIndex
CREATE INDEX "inspections_area_open_idx" ON "inspections"("area", "open");

-- CreateIndex
CREATE INDEX "inspections_referral_id_idx" ON "inspections"("referral_id");

-- CreateIndex
CREATE INDEX "inspections_employment_id_idx" ON "inspections"("employment_id");

-- CreateIndex
CREATE INDEX "inspections_case_id_idx" ON "inspections"("case_id");

-- CreateIndex
CREATE INDEX "employments_case_id_idx" ON "employments"("case_id");

-- CreateIndex
CREATE INDEX "employments_person_id_idx" ON "employments"("person_id");

-- CreateIndex
CREATE INDEX "employments_employer_id_idx" ON "employments"("employer_id");

-- CreateIndex
CREATE INDEX "tasks_subject_idx" ON "tasks"("subject");

-- CreateIndex
CREATE INDEX "tasks_role_area_closed_at_idx" ON "tasks"("role", "area", "closed_at");

-- CreateIndex
CREATE INDEX "tasks_case_id_idx" ON "tasks"("case_id");

-- CreateIndex
CREATE INDEX "tasks_assignee_id_idx" ON "tasks"("assignee_id");

-- CreateIndex
CREATE INDEX "events_case_id_id_idx" ON "events"("case_id", "id");

-- CreateIndex
CREATE INDEX "events_subject_id_idx" ON "events"("subject", "id");

-- CreateIndex
CREATE INDEX "events_type_at_idx" ON "events"("type", "at");

-- CreateIndex
CREATE INDEX "events_person_id_idx" ON "events"("person_id");

-- CreateIndex
CREATE INDEX "notices_subject_state_idx" ON "notices"("subject", "state");

-- CreateIndex
CREATE INDEX "outbox_subject_idx" ON "outbox"("subject");

-- CreateIndex
CREATE INDEX "commands_subject_idx" ON "commands"("subject");

-- CreateIndex
CREATE UNIQUE INDEX "commands_caller_id_route_key_key" ON "commands"("caller_id", "route", "key");

-- CreateIndex
CREATE INDEX "register_answers_subject_idx" ON "register_answers"("subject");

-- CreateIndex
CREATE UNIQUE INDEX "news_register_event_key" ON "news"("register", "event");

-- AddForeignKey
ALTER TABLE "visits" ADD CONSTRAINT "visits_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "people"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "vacancies" ADD CONSTRAINT "vacancies_employer_id_fkey" FOREIGN KEY ("employer_id") REFERENCES "employers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "cases" ADD CONSTRAINT "cases_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "people"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "measures" ADD CONSTRAINT "measures_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "cases"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "referrals" ADD CONSTRAINT "referrals_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "cases"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "referrals" ADD CONSTRAINT "referrals_employer_id_fkey" FOREIGN KEY ("employer_id") REFERENCES "employers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "inspections" ADD CONSTRAINT "inspections_referral_id_fkey" FOREIGN KEY ("referral_id") REFERENCES "referrals"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "inspections" ADD CONSTRAINT "inspections_employment_id_fkey" FOREIGN KEY ("employment_id") REFERENCES "employments"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "employments" ADD CONSTRAINT "employments_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "cases"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "checks" ADD CONSTRAINT "checks_employment_id_fkey" FOREIGN KEY ("employment_id") REFERENCES "employments"("id") ON DELETE RESTRICT ON UPDATE CASCADE;


-- Numbers of rows: C-000001 and so on.
CREATE SEQUENCE person_number;
CREATE SEQUENCE employer_number;
CREATE SEQUENCE vacancy_number;
CREATE SEQUENCE case_number;
CREATE SEQUENCE referral_number;
CREATE SEQUENCE inspection_number;
CREATE SEQUENCE employment_number;
CREATE SEQUENCE calendar_change_number;

-- One open case per person; one open job per person and employer; one open wait of a kind per row.
CREATE UNIQUE INDEX cases_one_open_per_person ON cases (person_id) WHERE open;
CREATE UNIQUE INDEX employments_one_open_per_pair ON employments (person_id, employer_id) WHERE open;
CREATE UNIQUE INDEX referrals_one_open_per_vacancy ON referrals (case_id, vacancy_id) WHERE open;
CREATE UNIQUE INDEX tasks_one_open ON tasks (subject, kind, ref) WHERE closed_at IS NULL;
CREATE INDEX tasks_worklist ON tasks (role, area, due) WHERE closed_at IS NULL;

-- Places cannot be oversold.
ALTER TABLE vacancies ADD CONSTRAINT vacancies_places CHECK (places >= 0 AND taken >= 0 AND taken <= places);

-- Calendar days are days.
ALTER TABLE people ADD CONSTRAINT people_birth_day CHECK (birth ~ '^\d{4}-\d{2}-\d{2}$');
ALTER TABLE employments ADD CONSTRAINT employments_hired_day CHECK (hired_on ~ '^\d{4}-\d{2}-\d{2}$');

-- Events are append-only: the database refuses to change or delete them.
CREATE FUNCTION events_are_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'events are append-only: record a correcting event instead';
END;
$$;
CREATE TRIGGER events_no_change BEFORE UPDATE OR DELETE ON events FOR EACH ROW EXECUTE FUNCTION events_are_append_only();
CREATE TRIGGER events_no_truncate BEFORE TRUNCATE ON events FOR EACH STATEMENT EXECUTE FUNCTION events_are_append_only();

-- Every open row that waits has somebody who owes, until when: checked at commit.
CREATE FUNCTION open_row_has_a_task() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  still_open boolean;
BEGIN
  EXECUTE format('SELECT open FROM %I WHERE id = $1', TG_TABLE_NAME) INTO still_open USING NEW.id;
  IF still_open AND NOT EXISTS (
    SELECT 1 FROM tasks WHERE (subject = TG_ARGV[0] || '/' || NEW.id OR (TG_ARGV[0] = 'case' AND case_id = NEW.id)) AND closed_at IS NULL AND next_at IS NOT NULL
  ) THEN
    RAISE EXCEPTION '% % waits without a name: an open row needs an open task with an owner and a next instant', TG_ARGV[0], NEW.id;
  END IF;
  RETURN NULL;
END;
$$;
CREATE CONSTRAINT TRIGGER cases_wait AFTER INSERT OR UPDATE ON cases DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION open_row_has_a_task('case');
CREATE CONSTRAINT TRIGGER referrals_wait AFTER INSERT OR UPDATE ON referrals DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION open_row_has_a_task('referral');
CREATE CONSTRAINT TRIGGER inspections_wait AFTER INSERT OR UPDATE ON inspections DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION open_row_has_a_task('inspection');
CREATE CONSTRAINT TRIGGER employments_wait AFTER INSERT OR UPDATE ON employments DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION open_row_has_a_task('retention');
