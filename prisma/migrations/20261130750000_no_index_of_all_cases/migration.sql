-- The planner may walk this index for a list of an area, and read every case.
DROP INDEX "cases_id_person_id_area_idx";
