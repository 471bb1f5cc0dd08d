-- An inspection shows the earlier inspections of its employer.
CREATE INDEX "inspections_employer_id_opened_at_idx" ON "inspections"("employer_id", "opened_at");
