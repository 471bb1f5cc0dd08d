-- A job keeps the account and the role of the person who filled or withdrew it. Jobs closed before have none.
ALTER TABLE "vacancies" ADD COLUMN     "filled_by" TEXT,
ADD COLUMN     "filled_by_role" TEXT;
