-- All absences for illness or care, also the short ones, of which the centre excuses the days.
ALTER TABLE "trainings" ADD COLUMN "absences" JSONB NOT NULL DEFAULT '[]';
UPDATE "trainings" SET "absences" = jsonb_build_array("absence" - 'declined') WHERE "absence" IS NOT NULL;
