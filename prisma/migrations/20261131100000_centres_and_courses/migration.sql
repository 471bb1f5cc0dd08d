CREATE SEQUENCE centre_number;
CREATE SEQUENCE course_number;

-- CreateTable
CREATE TABLE "centres" (
    "id" TEXT NOT NULL,
    "stir" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "name_key" TEXT GENERATED ALWAYS AS (folded(name)) STORED,
    "district" TEXT NOT NULL,
    "address" TEXT,
    "phone" TEXT,
    "email" TEXT,
    "language" TEXT,
    "accessibility" TEXT[],

    CONSTRAINT "centres_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "centres_stir_key" ON "centres"("stir");
CREATE INDEX "centres_district_id_idx" ON "centres"("district" text_pattern_ops, "id");
CREATE INDEX "centres_name_key_idx" ON "centres" USING GIN ("name_key" gin_trgm_ops);

-- CreateTable
CREATE TABLE "courses" (
    "id" TEXT NOT NULL,
    "centre_id" TEXT NOT NULL,
    "field" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "title_key" TEXT GENERATED ALWAYS AS (folded(title)) STORED,
    "level" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "places" INTEGER NOT NULL,
    "rolling" BOOLEAN NOT NULL DEFAULT false,
    "weeks" INTEGER,
    "first_day" TEXT,
    "last_day" TEXT,
    "held_on" TEXT[],
    "starts_at" TEXT NOT NULL,
    "ends_at" TEXT NOT NULL,
    "skills" TEXT[],
    "entry_conditions" TEXT,
    "conditions" TEXT[],
    "state" TEXT NOT NULL DEFAULT 'open',

    CONSTRAINT "courses_pkey" PRIMARY KEY ("id"),
    -- A rolling course has a length, any other a first and a last day.
    CONSTRAINT "courses_time" CHECK (
        CASE WHEN rolling THEN weeks > 0 AND first_day IS NULL AND last_day IS NULL
             ELSE weeks IS NULL AND first_day <= last_day END IS TRUE)
);
CREATE INDEX "courses_centre_id_id_idx" ON "courses"("centre_id", "id");
CREATE INDEX "courses_field_idx" ON "courses"("field" text_pattern_ops);
CREATE INDEX "courses_first_day_id_idx" ON "courses"("first_day", "id");
CREATE INDEX "courses_title_key_idx" ON "courses" USING GIN ("title_key" gin_trgm_ops);

-- AlterTable
ALTER TABLE "officials" ADD COLUMN "centre_id" TEXT;
CREATE INDEX "officials_centre_id_idx" ON "officials"("centre_id");

-- AddForeignKey
ALTER TABLE "officials" ADD CONSTRAINT "officials_centre_id_fkey" FOREIGN KEY ("centre_id") REFERENCES "centres"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "courses" ADD CONSTRAINT "courses_centre_id_fkey" FOREIGN KEY ("centre_id") REFERENCES "centres"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TRIGGER centres_revised AFTER UPDATE ON centres FOR EACH ROW EXECUTE FUNCTION columns_revised('centre', 'id',
  'kind', 'name', 'district', 'address', 'phone', 'email', 'language', 'accessibility');
CREATE TRIGGER courses_revised AFTER UPDATE ON courses FOR EACH ROW EXECUTE FUNCTION columns_revised('course', 'id',
  'title', 'level', 'language', 'places', 'rolling', 'weeks', 'first_day', 'last_day', 'held_on', 'starts_at', 'ends_at', 'skills',
  'entry_conditions', 'conditions', 'state');
