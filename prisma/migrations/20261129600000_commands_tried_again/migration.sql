-- A command that a defect stopped is tried again: it counts from when it was given.
ALTER TABLE "commands" ADD COLUMN     "retried_at" TIMESTAMPTZ(3);
