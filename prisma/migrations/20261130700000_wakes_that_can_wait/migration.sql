ALTER TABLE "outbox" ADD COLUMN "can_wait" BOOLEAN NOT NULL DEFAULT false;

-- Rows that a burst woke, the longest waiting first.
CREATE INDEX outbox_waiting ON outbox (id) WHERE can_wait;
