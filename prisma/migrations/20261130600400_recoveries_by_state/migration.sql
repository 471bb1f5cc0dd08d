-- What employers still owe: their recoveries in some states.
DROP INDEX "recoveries_employer_id_idx";
CREATE INDEX "recoveries_employer_id_state_idx" ON "recoveries"("employer_id", "state");
