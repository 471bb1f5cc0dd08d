-- The numbers of the first rows whose deadlines a change of the calendar moved.
ALTER TABLE "calendar_changes" ADD COLUMN "which" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[];
