-- Open waits in the order in which they are due, with the row that waits.
CREATE INDEX tasks_by_due ON tasks (due) INCLUDE (case_id, subject) WHERE closed_at IS NULL;
