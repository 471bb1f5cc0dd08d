-- A message keeps the language in which it was sent. Messages sent before have none.
ALTER TABLE "notices" ADD COLUMN     "language" TEXT;
