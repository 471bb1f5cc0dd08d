-- CreateIndex
CREATE INDEX "approvals_proposed_by_idx" ON "approvals"("proposed_by");
