-- A list by open waits reads them from the index alone.
DROP INDEX tasks_of_case;
CREATE INDEX tasks_of_case ON tasks (case_id) INCLUDE (due, role, kind, escalated) WHERE closed_at IS NULL;
