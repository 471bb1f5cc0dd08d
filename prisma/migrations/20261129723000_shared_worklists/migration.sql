-- AlterTable
ALTER TABLE "territories" ADD COLUMN     "shares_work" BOOLEAN NOT NULL DEFAULT false;
