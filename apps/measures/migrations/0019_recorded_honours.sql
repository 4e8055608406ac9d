-- Up Migration

-- Of the four occasions of ordinance art. 44 permits and honours leave a record: both are held against the checks before
-- them. Procurement and fiscal money leave none.
ALTER TABLE permit ADD COLUMN field text NOT NULL DEFAULT 'permit' CHECK (field IN ('permit', 'honours'));
