-- AlterTable
ALTER TABLE "people" ADD COLUMN "joined_to" TEXT;

-- CreateIndex
CREATE INDEX "people_joined_to_idx" ON "people"("joined_to");

-- AddForeignKey
ALTER TABLE "people" ADD CONSTRAINT "people_joined_to_fkey" FOREIGN KEY ("joined_to") REFERENCES "people"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- A record is not joined to itself.
ALTER TABLE people ADD CONSTRAINT people_joined_to_another CHECK (joined_to <> id);
