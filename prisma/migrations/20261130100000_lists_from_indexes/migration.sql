-- A page and a total of a list are read from an index alone: of an area, and of the republic in one state. The indexes of the areas are
-- made again with the columns that lists are filtered and ordered by.
DROP INDEX "cases_area_open_idx", "referrals_area_open_idx", "inspections_area_open_idx", "employments_area_open_idx", "subsidies_area_open_idx", "claims_area_state_idx", "approvals_area_open_idx", "recoveries_area_open_idx";
CREATE INDEX "cases_area_open_state_id_idx" ON "cases"("area" text_pattern_ops, "open", "state", "id");
CREATE INDEX "referrals_area_open_state_id_idx" ON "referrals"("area" text_pattern_ops, "open", "state", "id");
CREATE INDEX "inspections_area_open_state_id_referral_id_employment_id_idx" ON "inspections"("area" text_pattern_ops, "open", "state", "id", "referral_id", "employment_id");
CREATE INDEX "employments_area_open_state_id_case_id_idx" ON "employments"("area" text_pattern_ops, "open", "state", "id", "case_id");
CREATE INDEX "subsidies_area_open_programme_state_id_idx" ON "subsidies"("area" text_pattern_ops, "open", "programme", "state", "id");
CREATE INDEX "claims_area_state_id_idx" ON "claims"("area" text_pattern_ops, "state", "id");
CREATE INDEX "approvals_area_open_kind_state_id_idx" ON "approvals"("area" text_pattern_ops, "open", "kind", "state", "id");
CREATE INDEX "recoveries_area_open_state_id_idx" ON "recoveries"("area" text_pattern_ops, "open", "state", "id");
CREATE INDEX "people_mahalla_id_idx" ON "people"("mahalla" text_pattern_ops, "id") WHERE joined_to IS NULL;
CREATE INDEX "vacancies_district_id_idx" ON "vacancies"("district" text_pattern_ops, "id");

CREATE INDEX "cases_state_id_idx" ON "cases"("state", "id");
CREATE INDEX "referrals_state_id_idx" ON "referrals"("state", "id");
CREATE INDEX "inspections_state_id_idx" ON "inspections"("state", "id");
CREATE INDEX "employments_state_id_idx" ON "employments"("state", "id");
CREATE INDEX "subsidies_programme_state_id_idx" ON "subsidies"("programme", "state", "id");
CREATE INDEX "claims_state_id_idx" ON "claims"("state", "id");

-- Rows of an employer or of a line, in the order of the list.
DROP INDEX "referrals_employer_id_open_idx";
CREATE INDEX "referrals_employer_id_open_id_area_idx" ON "referrals"("employer_id", "open", "id", "area" text_pattern_ops);
CREATE INDEX "ledger_entries_line_id_id_idx" ON "ledger_entries"("line_id", "id");

-- Payments to an account, and movements by what they name.
CREATE INDEX "payments_account_id_state_idx" ON "payments"("account_id", "state");

-- Lists of a range of days, and of a month, in the order of their numbers.
DROP INDEX "cases_opened_at_idx", "claims_opened_at_idx", "claims_month_area_idx", "referrals_issued_at_idx", "inspections_opened_at_idx", "employments_hired_on_idx", "subsidies_applied_on_idx", "approvals_proposed_at_idx", "recoveries_demanded_at_idx", "people_created_at_idx";
CREATE INDEX "cases_opened_at_id_idx" ON "cases"("opened_at", "id");
CREATE INDEX "claims_opened_at_id_idx" ON "claims"("opened_at", "id");
CREATE INDEX "claims_month_id_area_idx" ON "claims"("month", "id", "area" text_pattern_ops);
CREATE INDEX "referrals_issued_at_id_idx" ON "referrals"("issued_at", "id");
CREATE INDEX "inspections_opened_at_id_idx" ON "inspections"("opened_at", "id");
CREATE INDEX "employments_hired_on_id_idx" ON "employments"("hired_on", "id");
CREATE INDEX "subsidies_applied_on_id_idx" ON "subsidies"("applied_on", "id");
CREATE INDEX "approvals_proposed_at_id_idx" ON "approvals"("proposed_at", "id");
CREATE INDEX "recoveries_demanded_at_id_idx" ON "recoveries"("demanded_at", "id");
CREATE INDEX "people_created_at_id_idx" ON "people"("created_at", "id");
CREATE INDEX "recoveries_subsidy_id_idx" ON "recoveries"("subsidy_id");

-- The load of each case manager.
DROP INDEX "cases_manager_id_idx";
CREATE INDEX "cases_manager_id_open_id_idx" ON "cases"("manager_id", "open", "id");

-- How many rows an area has, of some ten thousand areas.
ALTER TABLE "cases" ALTER COLUMN "area" SET STATISTICS 1000;
ALTER TABLE "people" ALTER COLUMN "mahalla" SET STATISTICS 1000;
ALTER TABLE "referrals" ALTER COLUMN "area" SET STATISTICS 1000;
ALTER TABLE "employments" ALTER COLUMN "area" SET STATISTICS 1000;
ANALYZE "cases" ("area"), "people" ("mahalla"), "referrals" ("area"), "employments" ("area");

-- The reports read the last wait of each employer's decision, and the flows of money, from indexes alone.
CREATE INDEX tasks_of_decisions ON tasks (subject, id DESC) INCLUDE (due) WHERE kind = 'decision';
CREATE INDEX ledger_entries_flows ON ledger_entries (event, at) INCLUDE (line_id, subsidy_id, month, claim_id, amount) WHERE amount < 0;
