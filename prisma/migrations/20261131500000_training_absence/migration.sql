-- A long absence from a course, on which the centre decides.
ALTER TABLE "trainings" ADD COLUMN "absence" JSONB;
