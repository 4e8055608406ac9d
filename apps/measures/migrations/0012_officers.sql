-- Up Migration

-- Discipline officers who have logged in, as their tokens name them: whom a department can name for an action. Logins
-- are kept by whoever runs them, so nobody else can be asked who there is.
CREATE TABLE officer (
  department text NOT NULL,
  login      text NOT NULL,
  name       text NOT NULL,
  PRIMARY KEY (department, login)
);
