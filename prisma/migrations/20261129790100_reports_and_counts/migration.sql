-- The reports count the rows of a period.
CREATE INDEX cases_planned ON cases (planned_at) INCLUDE (id, area) WHERE planned_at IS NOT NULL;
CREATE INDEX measures_ended ON measures (ended_on) INCLUDE (case_id, n) WHERE kind <> 'job' AND ended_on IS NOT NULL;
CREATE INDEX inspections_with_late_decision ON inspections (referral_id, id) WHERE late_decision IS NOT NULL;
CREATE INDEX subsidies_ordered ON subsidies (("order"->>'date')) WHERE "order" IS NOT NULL;

-- The metrics count open waits, and recorded work that is not done yet.
CREATE INDEX tasks_by_kind ON tasks (kind, role, due) WHERE closed_at IS NULL;
CREATE INDEX notices_queued ON notices (subject) WHERE state = 'queued';
CREATE INDEX commands_undone ON commands (state, subject) WHERE state IN ('pending', 'failed');
