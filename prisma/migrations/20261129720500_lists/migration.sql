-- A part of a word is found by its trigrams (names, titles).
CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- The title of a job as it is searched by. The database keeps it.
ALTER TABLE "vacancies" ADD COLUMN "title_key" text GENERATED ALWAYS AS (folded(title)) STORED;

-- An area has the rows whose code begins with its own. With this operator class an index serves the beginning of a code in every
-- locale of the database. The older indexes are made again, except that of the mahalla: the index of mahalla and birth serves it.
DROP INDEX "cases_area_open_idx", "claims_area_state_idx", "employers_district_idx", "inspections_area_open_idx", "officials_role_area_idx", "people_mahalla_idx", "subsidies_area_open_idx", "tasks_role_area_closed_at_idx", "vacancies_district_state_idx", tasks_worklist;
CREATE INDEX "cases_area_open_idx" ON "cases"("area" text_pattern_ops, "open");
CREATE INDEX "claims_area_state_idx" ON "claims"("area" text_pattern_ops, "state");
CREATE INDEX "employers_district_idx" ON "employers"("district" text_pattern_ops);
CREATE INDEX "inspections_area_open_idx" ON "inspections"("area" text_pattern_ops, "open");
CREATE INDEX "officials_role_area_idx" ON "officials"("role", "area" text_pattern_ops);
CREATE INDEX "subsidies_area_open_idx" ON "subsidies"("area" text_pattern_ops, "open");
CREATE INDEX "tasks_role_area_closed_at_idx" ON "tasks"("role", "area" text_pattern_ops, "closed_at");
CREATE INDEX "vacancies_district_state_idx" ON "vacancies"("district" text_pattern_ops, "state");
CREATE INDEX tasks_worklist ON tasks (role, area text_pattern_ops, due) WHERE closed_at IS NULL;

CREATE INDEX "approvals_area_open_idx" ON "approvals"("area" text_pattern_ops, "open");
CREATE INDEX "approvals_employer_id_idx" ON "approvals"("employer_id");
CREATE INDEX "approvals_proposed_at_idx" ON "approvals"("proposed_at");
CREATE INDEX "cases_manager_id_idx" ON "cases"("manager_id");
CREATE INDEX "cases_moves_to_idx" ON "cases"("moves_to" text_pattern_ops);
CREATE INDEX "cases_opened_at_idx" ON "cases"("opened_at");
CREATE INDEX "claims_month_area_idx" ON "claims"("month", "area" text_pattern_ops);
CREATE INDEX "claims_opened_at_idx" ON "claims"("opened_at");
CREATE INDEX "employers_name_key_idx" ON "employers" USING GIN ("name_key" gin_trgm_ops);
CREATE INDEX "employments_area_open_idx" ON "employments"("area" text_pattern_ops, "open");
CREATE INDEX "employments_hired_on_idx" ON "employments"("hired_on");
CREATE INDEX "inspections_employer_id_open_idx" ON "inspections"("employer_id", "open");
CREATE INDEX "inspections_opened_at_idx" ON "inspections"("opened_at");
CREATE INDEX "people_mahalla_birth_idx" ON "people"("mahalla" text_pattern_ops, "birth");
CREATE INDEX "people_recommended_until_idx" ON "people"("recommended_until");
CREATE INDEX "people_created_at_idx" ON "people"("created_at");
CREATE INDEX "people_skills_idx" ON "people" USING GIN ("skills");
CREATE INDEX "people_name_key_idx" ON "people" USING GIN ("name_key" gin_trgm_ops);
CREATE INDEX "recoveries_area_open_idx" ON "recoveries"("area" text_pattern_ops, "open");
CREATE INDEX "recoveries_demanded_at_idx" ON "recoveries"("demanded_at");
CREATE INDEX "referrals_area_open_idx" ON "referrals"("area" text_pattern_ops, "open");
CREATE INDEX "referrals_issued_at_idx" ON "referrals"("issued_at");
CREATE INDEX "subsidies_applied_on_idx" ON "subsidies"("applied_on");
CREATE INDEX "tasks_person_id_idx" ON "tasks"("person_id");
CREATE INDEX "vacancies_work_idx" ON "vacancies"("work" text_pattern_ops);
CREATE INDEX "vacancies_title_key_idx" ON "vacancies" USING GIN ("title_key" gin_trgm_ops);

-- Open waits by whose they are, and jobs with a free place.
CREATE INDEX tasks_of_employer ON tasks (employer_id, due) WHERE closed_at IS NULL;
CREATE INDEX tasks_of_assignee ON tasks (assignee_id, due) WHERE closed_at IS NULL;
CREATE INDEX tasks_of_case ON tasks (case_id) WHERE closed_at IS NULL;
CREATE INDEX vacancies_free ON vacancies (district text_pattern_ops, id) WHERE state = 'open' AND taken < places;
