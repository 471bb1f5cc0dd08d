-- The language in which somebody reads; without one it is the operator's setting.
ALTER TABLE "people" ADD COLUMN "language" TEXT;
ALTER TABLE "employers" ADD COLUMN "language" TEXT;
ALTER TABLE "officials" ADD COLUMN "language" TEXT;
