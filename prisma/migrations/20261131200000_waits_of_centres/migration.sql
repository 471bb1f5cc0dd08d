-- A centre's officers have the waits of their centre. A higher office has them while the centre has nobody.
ALTER TABLE "tasks" ADD COLUMN "centre_id" TEXT;
CREATE INDEX tasks_of_centre ON tasks (centre_id, due) WHERE closed_at IS NULL AND centre_id IS NOT NULL;
