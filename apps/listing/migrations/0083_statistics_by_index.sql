-- Up Migration

-- Statistics of a day read the dates of every case: from here and not from the rows, of which they are a tenth. Behind the
-- list, by which they are asked most, the groups come in order and nothing is sorted but the days of a group.
CREATE INDEX listing_case_dates ON listing_case (list_type, opened_on)
  INCLUDE (noticed_on, decided_on, in_force_on, ended_on, closed_on, withdrawn_on, late_since, department, region, id);
