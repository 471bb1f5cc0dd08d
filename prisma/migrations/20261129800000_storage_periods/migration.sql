-- AlterTable
ALTER TABLE "commands" ALTER COLUMN "body" DROP NOT NULL;

-- CreateTable
CREATE TABLE "prunings" (
    "id" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "rev" INTEGER NOT NULL DEFAULT 0,
    "open" BOOLEAN NOT NULL DEFAULT true,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "removed" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "prunings_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "hands_at_idx" ON "hands"("at");

-- A monthly run removes about a thirtieth of a table. The default of a fifth would leave its room unused for months.
ALTER TABLE "tasks" SET (autovacuum_vacuum_scale_factor = 0.02);
ALTER TABLE "notices" SET (autovacuum_vacuum_scale_factor = 0.02);
ALTER TABLE "commands" SET (autovacuum_vacuum_scale_factor = 0.02);
ALTER TABLE "register_answers" SET (autovacuum_vacuum_scale_factor = 0.02);
ALTER TABLE "news" SET (autovacuum_vacuum_scale_factor = 0.02);
